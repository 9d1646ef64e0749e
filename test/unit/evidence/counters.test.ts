import { expect, test } from 'vitest';
import { byteCounts, grownBy, parseDiskBytes, parseInterfaceBytes } from '../../../src/lab/host/counters.ts';

const IO = `rchar: 4292
wchar: 0
syscr: 13
syscw: 0
read_bytes: 4096
write_bytes: 8192
cancelled_write_bytes: 77
`;

const DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:  111   2    0    0    0     0          0         0  222    4    0    0    0     0       0          0
eth0:333 4 0 0 0 0 0 0 444 8 0 0 0 0 0 0
`;

test('the bytes of the disks are those of the block layer, not those of the calls', () => {
  expect(parseDiskBytes(IO)).toEqual({ readBytes: 4096, writtenBytes: 8192 });
  expect(parseDiskBytes('')).toBeNull();
});

test.each([
  { name: 'lo', bytes: { receivedBytes: 111, sentBytes: 222 } },
  { name: 'eth0', bytes: { receivedBytes: 333, sentBytes: 444 } },
  { name: 'eth', bytes: null },
])('the bytes of $name are $bytes', ({ name, bytes }) => {
  expect(parseInterfaceBytes(DEV, name)).toEqual(bytes);
});

test('what was counted at no time is not counted in sum', () => {
  const at = (readBytes: number, sentBytes: number | null) => ({
    disk: { readBytes, writtenBytes: 0 },
    interface: sentBytes === null ? null : { sentBytes, receivedBytes: 0 },
  });
  expect(grownBy(at(1, 10), at(100, 1000), at(105, 1007))).toEqual(at(6, 17));
  expect(grownBy(at(1, 10), at(100, null), at(105, 1007))).toEqual(at(6, null));
  expect(grownBy(at(6, null), at(100, 1), at(100, 1))).toEqual(at(6, null));
});

test('without an interface there is nothing to count there', () => {
  expect(byteCounts(null).interface).toBeNull();
});
