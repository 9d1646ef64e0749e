/** What ssh's configuration says of a host, as far as the way of the data is concerned. */
import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { promisify } from 'node:util';

/** The address that ssh itself would connect to; null where it goes by another host, or does not know. */
export async function nameInConfiguration(host: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ssh', ['-G', '--', host]);
    const value = (name: string) => new RegExp(`^${name} (.+)$`, 'm').exec(stdout)?.[1];
    const hostname = value('hostname');
    if (hostname === undefined || value('proxyjump') !== undefined || value('proxycommand') !== undefined) return null;
    return (await lookup(hostname)).address;
  } catch {
    return null;
  }
}
