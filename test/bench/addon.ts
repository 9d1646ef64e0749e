import { createRequire } from 'node:module';
import type {
  ExchangeRequest,
  NativeAddon,
  NativeSource,
  NativeTransfer,
  TransferMeasurement,
  TransferRequest,
} from '../../native/addon.d.ts';
import { inRepository } from '../../scripts/lib/folders.mjs';
import type { PathId } from '../../src/model/result/path.ts';
import { KIB } from '../../src/model/units.ts';

export const addonFile = inRepository('build', 'Release', 'zero_copy_lab.node');
export const addon = createRequire(import.meta.url)(addonFile) as NativeAddon;

/** On the disk of the clone: /tmp may be memory. */
export const work = inRepository('test-output', 'bench', 'work');

/** What all figures are measured with, for receivers too. */
export const BUFFER_BYTES = 64 * KIB;
const QUEUE_DEPTH = 8;

export async function openSource(file: string): Promise<NativeSource> {
  const opened = await addon.openSource({ kind: 'file', path: file });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** @param folder where a copy goes */
export function transferOf(mode: string, route: PathId, folder = work): TransferRequest {
  return {
    mode,
    destination:
      route === 'file-to-file'
        ? { kind: 'file', directory: folder }
        : { kind: 'socket', receiverBufferBytes: BUFFER_BYTES },
    bufferBytes: BUFFER_BYTES,
    options: { queueDepth: QUEUE_DEPTH },
    verify: false,
  };
}

export function exchangeOf(mode: string, bytes: number): ExchangeRequest {
  return {
    mode,
    bytes,
    seed: 1,
    bufferBytes: BUFFER_BYTES,
    peer: 'process',
    options: { queueDepth: QUEUE_DEPTH },
    verify: false,
  };
}

export function startTransfer(source: NativeSource, mode: string, route: PathId, folder = work): NativeTransfer {
  return addon.startTransfer(source, transferOf(mode, route, folder));
}

export function startExchange(mode: string, bytes: number): NativeTransfer {
  return addon.startExchange(exchangeOf(mode, bytes));
}

/** @throws with the addon's own words */
export async function measured(transfer: NativeTransfer): Promise<TransferMeasurement> {
  const outcome = await transfer.done;
  if (!outcome.ok) throw new Error(`${outcome.error.code} in ${outcome.error.call}: ${outcome.error.message}`);
  return outcome.value;
}
