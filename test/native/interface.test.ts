import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { addon, addonFile, error, Scratch, value } from './addon.ts';

let scratch: Scratch;
let switchOff: string;
beforeAll(() => {
  scratch = new Scratch();
  switchOff = scratch.file('switch_off');
  const source = fileURLToPath(new URL('switch_off.c', import.meta.url));
  const built = spawnSync('cc', ['-Wall', '-Werror', '-o', switchOff, source], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
});
afterAll(() => scratch.remove());

test('loopback gathers, segments and needs no checksum', () => {
  const on = { scatterGather: true, tso: true, gso: true, txChecksum: true };
  expect(value(addon.interfaceFeatures('lo'))).toEqual(on);
});

test.each(['no-such-device', '', 'a-name-longer-than-any-interface-may-have'])('%j is no device', (name) => {
  expect(error(addon.interfaceFeatures(name))).toMatchObject({ code: 'ENODEV', call: 'SIOCETHTOOL' });
});

test('a name that is no text is refused', () => {
  expect(error(addon.interfaceFeatures(5 as unknown as string)).code).toBe('BAD_ARGUMENT');
});

describe('a veth pair in a network of its own', () => {
  test.for([
    // Without scatter-gather nothing can be segmented by the device (netdev_fix_features in net/core/dev.c).
    { off: ['sg'], features: { scatterGather: false, tso: false, gso: false, txChecksum: true } },
    { off: ['tx'], features: { scatterGather: true, tso: false, gso: true, txChecksum: false } },
    { off: [], features: { scatterGather: true, tso: true, gso: true, txChecksum: true } },
  ])('with $off off', ({ off, features }, context) => {
    const script = [
      'set -e',
      'ip link add zclveth0 type veth peer name zclveth1',
      ...off.map((feature) => `${switchOff} zclveth0 ${feature}`),
      `${process.execPath} -p 'JSON.stringify(require("${addonFile}").interfaceFeatures("zclveth0"))'`,
    ].join('\n');
    const asked = spawnSync('unshare', ['--net', 'sh', '-c', script], { encoding: 'utf8' });
    if (asked.status !== 0) skip(context, `no network namespace with a veth pair: ${asked.stderr.trim()}`);
    expect(JSON.parse(asked.stdout)).toEqual({ ok: true, value: features });
  });
});
