import { expect, test } from 'vitest';
import { parseKernelSymbols } from '../../../src/lab/symbols.ts';

const TABLE = `ffffffff81000000 T _stext
ffffffff81000000 t asm_entry.cold
ffffffff81001000 t do_copy.isra.0
ffffffff81001000 t do_copy.constprop.3.isra.0
ffffffff81002000 W memcpy
ffffffff81002000 T __memcpy
ffffffff81002800 D some_table
ffffffff81003000 t helper.llvm.1234567890123456
ffffffffc0201000 t ext4_file_write_iter	[ext4]
`;

/** As the sampler gives them. */
function low52(address: bigint): number {
  return Number(address & ((1n << 52n) - 1n));
}

test.each([
  { address: 0xffffffff80ffffffn, names: [] },
  { address: 0xffffffff81000000n, names: ['_stext', 'asm_entry'] },
  { address: 0xffffffff81000fffn, names: ['_stext', 'asm_entry'] },
  { address: 0xffffffff81001000n, names: ['do_copy'] },
  { address: 0xffffffff81002900n, names: ['memcpy', '__memcpy'] },
  { address: 0xffffffff81003abcn, names: ['helper'] },
  { address: 0xffffffffc0201010n, names: ['ext4_file_write_iter'] },
])('at $address is $names', ({ address, names }) => {
  expect(parseKernelSymbols(TABLE)?.namesAt(low52(address))).toEqual(names);
});

// A hundred thousand names of one address, which is none, must not be compared with one another.
test('where the kernel hides all addresses there are no symbols', () => {
  const hidden = Array.from({ length: 200_000 }, (_, i) => `0000000000000000 T symbol_${i}`).join('\n');
  expect(parseKernelSymbols(hidden)).toBeNull();
  expect(parseKernelSymbols('')).toBeNull();
});
