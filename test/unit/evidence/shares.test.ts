import { expect, test } from 'vitest';
import { labelShares } from '../../../src/model/evidence/shares.ts';
import { wilson } from '../../../src/model/evidence/wilson.ts';
import { GIB } from '../../../src/model/units.ts';
import { stack } from './evidence.ts';

test('the Wilson interval of published cases', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 29 of 29.
  const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)];
  expect(rounded(wilson(81, 263))).toEqual(['0.2553', '0.3662']);
  expect(rounded(wilson(15, 148))).toEqual(['0.0624', '0.1605']);
  expect(rounded(wilson(0, 20))).toEqual(['0.0000', '0.1611']);
  expect(rounded(wilson(29, 29))).toEqual(['0.8830', '1.0000']);
  expect(wilson(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
});

test('shares by label and thread, of all that was not idle, and their time per GiB', () => {
  const stacks = [
    { ...stack('_copy_to_iter < filemap_read'), count: 30 },
    { ...stack('_copy_to_iter < copy_page_to_iter'), count: 30 },
    { ...stack('_copy_to_iter < __skb_datagram_iter', 'receiver'), count: 20 },
    { ...stack('tcp_ack < tcp_rcv_established', 'receiver'), count: 20 },
    { ...stack('default_idle < do_idle', 'kernel'), count: 900 },
  ];
  const shares = labelShares(stacks, { bytes: 2 * GIB, periodNs: 1_000_000 });
  expect(
    shares.map(({ label, thread, samples, share, msPerGib }) => [label, thread, samples, share, msPerGib]),
  ).toEqual([
    ['copy-to-user', 'sender', 60, 0.6, 30],
    ['copy-to-user', 'receiver', 20, 0.2, 10],
    ['network', 'receiver', 20, 0.2, 10],
  ]);
});

test('of nothing there is no share, and nothing moved costs nothing', () => {
  expect(labelShares([], { bytes: GIB, periodNs: 1 })).toEqual([]);
  expect(labelShares([stack('_copy_to_iter')], { bytes: 0, periodNs: 1_000_000 })).toMatchObject([
    { msPerGib: 0, share: 1 },
  ]);
});
