// A process with one addon: those of two commits in one process would share what C++ keeps once for each process. It moves
// what its parent asks for, and answers with nanoseconds.
import { createRequire } from 'node:module';

const [, , file = ''] = process.argv;
const addon = /** @type {import('../../native/addon.d.ts').NativeAddon} */ (createRequire(import.meta.url)(file));

/** @type {Map<string, import('../../native/addon.d.ts').NativeSource>} */
const sources = new Map();

/** @param {string} path */
async function sourceOf(path) {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const opened = await addon.openSource({ kind: 'file', path });
  if (!opened.ok) throw new Error(opened.error.message);
  sources.set(path, opened.value);
  return opened.value;
}

/**
 * @param {import('./addonProcess.ts').Order} order
 * @returns {Promise<import('./addonProcess.ts').Answer>}
 */
async function move(order) {
  const running =
    order.kind === 'exchange'
      ? addon.startExchange(order.exchange)
      : addon.startTransfer(await sourceOf(order.file), order.transfer);
  const outcome = await running.done;
  if (!outcome.ok) return { ok: false, message: outcome.error.message };
  const { wallNs, sender, receiver } = outcome.value;
  return { ok: true, wallNs, cpuNs: sender.cpuNs + (receiver?.cpuNs ?? 0) };
}

process.on('message', async (/** @type {import('./addonProcess.ts').Order} */ order) => {
  process.send?.(await move(order));
});
