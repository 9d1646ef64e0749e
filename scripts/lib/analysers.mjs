// What looks for mistakes in the native code, beside what the compiler brings itself.
import { bringOnCi, onPath } from './system-packages.mjs';

const programs = [
  { name: 'valgrind', files: ['valgrind'], apt: ['valgrind'], dnf: 'valgrind' },
  { name: 'clang-tidy', files: ['clang-tidy-14', 'clang-tidy'], apt: ['clang-tidy-14'], dnf: 'clang-tools-extra' },
  {
    name: 'clang with libFuzzer',
    files: ['clang++-14', 'clang++'],
    apt: ['clang-14', 'libclang-rt-14-dev'],
    dnf: 'clang',
  },
];

/** On a person's machine the tests that lack one say so and are skipped. */
export function bringAnalysers() {
  return bringOnCi(
    programs.filter(({ files }) => !files.some(onPath)).map(({ name, apt, dnf }) => ({ name, apt, dnf: [dnf] })),
    'to look for mistakes in the native code',
  );
}
