/** The filesystem that holds a folder. */
import { realpath, stat } from 'node:fs/promises';
import type { Host } from '../../model/result/host.ts';
import { mountOf } from './mounts.ts';

export async function filesystemOf(directory: string): Promise<Host['filesystem']> {
  const { dev } = await stat(directory, { bigint: true });
  const mount = mountOf(await realpath(directory), dev);
  if (mount === null) return { type: 'unknown', mountPoint: '/', device: 'unknown', options: '' };
  const { type, point, device, options } = mount;
  return { type, mountPoint: point, device, options };
}
