/** The lab as guests have it: Node and what runs of this repository, in /lab. */
import { inRepository } from '../../../scripts/lib/folders.mjs';
import type { Contents } from './initramfs.ts';

const built = [
  'package.json',
  'dist/cli.js',
  'dist/bench.js',
  'build/Release/zero_copy_lab.node',
  'build/Release/zcl-consumer',
  'build/Release/zcl-launcher',
  'l10n',
];

/** What a guest needs for `zcl`, the command line. */
export const lab: Pick<Contents, 'programs' | 'files'> = {
  programs: [process.execPath],
  files: Object.fromEntries(built.map((file) => [`/lab/${file}`, inRepository(file)])),
};

/** Defines `zcl` for a task. */
export const zcl = `zcl() { ${process.execPath} /lab/dist/cli.js "$@"; }`;
