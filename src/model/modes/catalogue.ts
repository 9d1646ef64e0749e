/** All modes, in menu order. Adding a mode: its descriptor file in this folder, its class in native/, a line here. */
import type { PathId } from '../result/path.ts';
import { copyFileRange } from './copyFileRange.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { direct } from './direct.ts';
import { directMsgZerocopy } from './directMsgZerocopy.ts';
import { ioUring } from './ioUring.ts';
import { ioUringDirect } from './ioUringDirect.ts';
import { ioUringFixed } from './ioUringFixed.ts';
import { ioUringSendZc } from './ioUringSendZc.ts';
import { ioUringSplice } from './ioUringSplice.ts';
import { mmapMmap } from './mmapMmap.ts';
import { mmapWrite } from './mmapWrite.ts';
import { msgZerocopy } from './msgZerocopy.ts';
import { pipe } from './pipe.ts';
import { processVmReadv } from './processVmReadv.ts';
import { readMsgZerocopy } from './readMsgZerocopy.ts';
import { readWrite } from './readWrite.ts';
import { readWriteDontcache } from './readWriteDontcache.ts';
import { reflink } from './reflink.ts';
import { sendfile } from './sendfile.ts';
import { sharedMemory } from './sharedMemory.ts';
import { socketpair } from './socketpair.ts';
import { splice } from './splice.ts';
import { unixSendfile } from './unixSendfile.ts';
import { unixSplice } from './unixSplice.ts';
import { vmsplice } from './vmsplice.ts';
import { vmspliceSplice } from './vmspliceSplice.ts';

const CATALOGUE: readonly (() => ModeDescriptor)[] = [
  readWrite,
  mmapWrite,
  mmapMmap,
  sendfile,
  splice,
  copyFileRange,
  reflink,
  direct,
  readWriteDontcache,
  msgZerocopy,
  readMsgZerocopy,
  directMsgZerocopy,
  ioUring,
  ioUringFixed,
  ioUringDirect,
  ioUringSendZc,
  ioUringSplice,
  pipe,
  socketpair,
  unixSendfile,
  unixSplice,
  vmsplice,
  vmspliceSplice,
  processVmReadv,
  sharedMemory,
];

/** Ids are the same in every language. */
const BY_ID: ReadonlyMap<string, () => ModeDescriptor> = new Map(
  CATALOGUE.map((descriptor) => [descriptor().id, descriptor]),
);

/** Descriptors in the current language. Called late, when the language is known. */
export function modeDescriptors(): readonly ModeDescriptor[] {
  return CATALOGUE.map((descriptor) => descriptor());
}

export function modesOfPath(path: PathId): readonly ModeDescriptor[] {
  return modeDescriptors().filter((mode) => mode.paths.includes(path));
}

/** The descriptor, or undefined for an id of another version of the lab. */
export function findMode(id: string): ModeDescriptor | undefined {
  return BY_ID.get(id)?.();
}
