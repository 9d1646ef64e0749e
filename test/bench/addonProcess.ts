/** The addon of some commit, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ExchangeRequest, TransferRequest } from '../../native/addon.d.ts';
import { inRepository } from '../../scripts/lib/folders.mjs';

export type Order =
  | { readonly kind: 'transfer'; readonly file: string; readonly transfer: TransferRequest }
  | { readonly kind: 'exchange'; readonly exchange: ExchangeRequest };

/** The CPU time is that of both sides. */
export type Answer =
  | { readonly ok: true; readonly wallNs: number; readonly cpuNs: number }
  | { readonly ok: false; readonly message: string };

export class AddonProcess {
  private readonly child: ChildProcess;

  /** @param file the addon */
  constructor(file: string) {
    this.child = fork(inRepository('test', 'bench', 'addonAlone.mjs'), [file], { execArgv: [] });
  }

  /** @throws where the process ends instead of answering */
  async move(order: Order): Promise<Answer> {
    const gone = new AbortController();
    const ended = once(this.child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('the process of the addon ended');
    });
    this.child.send(order);
    try {
      const [answer] = (await Promise.race([once(this.child, 'message'), ended])) as [Answer];
      return answer;
    } finally {
      ended.catch(() => undefined);
      gone.abort();
    }
  }

  end(): void {
    this.child.disconnect();
  }
}
