/** Columns of a terminal, where a Chinese character takes two cells and a mark on a letter takes none. */
import { expect, test } from 'vitest';
import { aligned, cells, cut, padded, wrapped } from '../../src/cli/textTable.ts';

test('cells are counted as a terminal draws them', () => {
  expect(cells('read + write')).toBe(12);
  expect(cells('零拷贝')).toBe(6);
  expect(cells('（对照）')).toBe(8);
  expect(cells('CPU 拷贝')).toBe(8);
  expect(cells('█▌ 1.5x ±')).toBe(9);
  expect(cells('e\u0301')).toBe(1);
});

test('columns stand below each other in either script', () => {
  expect(
    aligned(
      [
        ['方式', 'MiB/s', '判定'],
        ['read + write', '900', '相同'],
        ['对照', '1,024', '更快'],
      ],
      ['left', 'right', 'left'],
    ),
  ).toEqual([
    '方式          MiB/s  判定', //
    'read + write    900  相同',
    '对照          1,024  更快',
  ]);
  expect(padded('页', 4)).toBe('页  ');
  expect(padded('pages', 4)).toBe('pages');
});

test('no line is wider than asked for, and none is cut within a character', () => {
  const text = 'splice 没有去掉任何拷贝：sendfile 就是 splice，管道在内核里。';
  for (const line of wrapped(text, 20)) expect(cells(line)).toBeLessThanOrEqual(20);
  expect(wrapped(text, 20).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  expect(cut('正在校验 splice', 5)).toBe('正在');
  expect(cut('abc', 5)).toBe('abc');
});
