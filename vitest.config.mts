import { defineConfig } from 'vitest/config';

/** The listings of the modes are C files and what runs on other hosts is a shell script, imported as text as in esbuild.mjs. */
const asText = {
  name: 'as-text',
  transform: (text: string, file: string) =>
    /\.(c|h|sh)$/.test(file) ? `export default ${JSON.stringify(text)};` : undefined,
};

/** What tests read of the command line is English, whatever locale they are run in. */
const env = { ZERO_COPY_LAB_LANGUAGE: 'en' };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [asText],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          // Pure functions leave nothing behind, and half of the CPU time went into starting anew for every file.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'native',
          env,
          include: ['test/native/**/*.test.ts', 'test/packages/**/*.test.ts'],
          environment: 'node',
          // The addon is loaded as in the bench process: once, by a process of its own.
          pool: 'forks',
          // Most of them wait for sockets, so two at a time; more would wait for each other's disk.
          maxWorkers: 2,
          // Some compile a program with sanitizers first, which on two busy cores has taken more than two minutes.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        plugins: [asText],
        test: {
          name: 'lab',
          env,
          include: ['test/lab/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          // Most of them wait: for rounds, for links that are down, for limits of time.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [asText],
        test: {
          name: 'soak',
          env,
          include: ['test/soak/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 30 * 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [asText],
        test: {
          name: 'sanitize',
          include: ['test/sanitize/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          // Each of them has both processors busy, and builds the core once more before.
          fileParallelism: false,
          testTimeout: 60 * 60_000,
          hookTimeout: 60 * 60_000,
        },
      },
    ],
  },
});
