/** How a receiver is named to those who send to it, and what they need of it. */

/** Where the command line takes a token from. */
export const TOKEN_VARIABLE = 'ZERO_COPY_LAB_TOKEN';

/** As `--to` takes it. @param address a name, or an address in numbers */
export function hostAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A token as it goes into a request; undefined for a text that is none. */
export function parseToken(text: string): string | undefined {
  const token = text.trim().toLowerCase();
  return /^[0-9a-f]{32}$/.test(token) ? token : undefined;
}

/** For a shell of the host that sends. @param to host and port of the receiver */
export function commandForSender(token: string, to: string): string {
  return `${TOKEN_VARIABLE}=${token} zero-copy-lab run --path file-to-socket --to ${to}`;
}
