/** The addresses by which other hosts may reach this one. */
import os from 'node:os';

export interface NetworkAddress {
  /** In numbers. */
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  /** The interface it belongs to. */
  readonly interface: string;
}

/** Without loopback, and without those that mean something on one link alone. */
export function networkAddresses(): readonly NetworkAddress[] {
  return Object.entries(os.networkInterfaces()).flatMap(([name, all]) =>
    (all ?? [])
      .filter(({ internal, scopeid }) => !internal && !scopeid)
      .map(({ address, family }) => ({ address, family, interface: name })),
  );
}
