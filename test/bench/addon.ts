import { createRequire } from 'node:module';
import type { NativeAddon, NativeSource } from '../../native/addon.d.ts';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';

export const addon = createRequire(import.meta.url)(
  inRepository('build', 'Release', 'zero_copy_lab.node'),
) as NativeAddon;

export const PATHS = ['file-to-file', 'file-to-socket'] as const;

/** The modes there are on a path. */
export function modesOf(route: (typeof PATHS)[number]): readonly string[] {
  return modeDescriptors()
    .filter(({ paths }) => paths.includes(route))
    .map(({ id }) => id);
}

/** On the disk of the clone: /tmp may be memory. */
export const work = inRepository('test-output', 'bench', 'work');

export async function openSource(file: string): Promise<NativeSource> {
  const opened = await addon.openSource({ kind: 'file', path: file });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** Starts a transfer with the buffers all figures are measured with. */
export function startTransfer(source: NativeSource, mode: string, route: string, bufferBytes: number) {
  return addon.startTransfer(source, {
    mode,
    destination:
      route === 'file-to-file'
        ? { kind: 'file', directory: work }
        : { kind: 'socket', receiverBufferBytes: bufferBytes },
    bufferBytes,
    verify: false,
  });
}
