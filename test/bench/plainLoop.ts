/**
 * The essential loop of a mode in plain C, which the addon is measured against: the listing that the page shows, compiled
 * with a main() of plain/ that takes the time between the same two points as the addon. It keeps running, one transfer
 * per line.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { BUFFER_BYTES, work } from './addon.ts';
import type { Place } from './place.ts';

const ANSWERS = 3;

export class PlainLoop {
  private readonly orders: Writable;
  private readonly answers: AsyncIterator<string>;

  /** @throws where there is no C compiler */
  constructor(
    private readonly mode: string,
    route: PathId,
  ) {
    const program = compile(mode, route === 'process-to-process' ? 'exchanges.c' : 'moves.c');
    const child = spawn(program, [], { stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
    this.orders = child.stdin as Writable;
    this.answers = createInterface({ input: child.stdio[ANSWERS] as Readable })[Symbol.asyncIterator]();
  }

  /** Nanoseconds from file to file, or from file to socket. @throws with the program's own words */
  move({ file, folder }: Place, route: PathId): Promise<number> {
    return this.ask([file, folder, route === 'file-to-socket' ? 'socket' : 'file', BUFFER_BYTES]);
  }

  /** Nanoseconds from process to process. @throws with the program's own words */
  exchange(bytes: number): Promise<number> {
    return this.ask([bytes, BUFFER_BYTES]);
  }

  stop(): void {
    this.orders.end();
  }

  private async ask(order: readonly (string | number)[]): Promise<number> {
    this.orders.write(`${order.join('\t')}\n`);
    const { value } = await this.answers.next();
    const [wallNs, setUpNs] = String(value).split(' ').map(Number);
    if (!Number.isFinite(wallNs) || !Number.isFinite(setUpNs)) throw new Error(`plain ${this.mode}: ${String(value)}`);
    // A mode without a buffer sets nothing up: what it does for an empty file is its work.
    return findMode(this.mode)?.chunk === 'whole' ? (wallNs as number) : (wallNs as number) - (setUpNs as number);
  }
}

function compile(mode: string, main: string): string {
  const sources = path.join(work, 'plain');
  mkdirSync(sources, { recursive: true });
  cpSync(inRepository('src', 'model', 'listings'), sources, { recursive: true });
  // Its exchange.h takes the place of the listings'.
  cpSync(inRepository('test', 'bench', 'plain'), sources, { recursive: true });
  const [program, ...parts] = [mode, `${mode}.c`, main, 'buffers.c'].map((name) => path.join(sources, name));
  const wrap = '-Wl,--wrap=malloc,--wrap=aligned_alloc,--wrap=free';
  execFileSync('cc', ['-std=c11', '-O2', '-pthread', wrap, '-o', program as string, ...parts], { stdio: 'inherit' });
  return program as string;
}
