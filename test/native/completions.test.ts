import { test } from 'vitest';
import { check } from './coreTest.ts';

test('completions are kept in whatever order they come', () => {
  check('completions.cc', ['zerocopy/completions.cc']);
});

test('messages of the error queue are told apart', () => {
  check('error_queue.cc', [
    'zerocopy/error_queue.cc',
    'zerocopy/completions.cc',
    'core/result.cc',
    'core/libstdcxx_floor.cc',
    'measure/calls.cc',
    'measure/latency.cc',
  ]);
});
