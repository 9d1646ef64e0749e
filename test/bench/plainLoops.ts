/** The plain C program the addon is measured against: compiled once, kept running, one transfer per line. */
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRepository } from '../../scripts/lib/folders.mjs';

export interface PlainLoops {
  /** Wall time of one transfer in nanoseconds. @throws with the program's own words */
  transfer(mode: string, route: string, source: string, folder: string, bufferBytes: number): Promise<number>;
  stop(): void;
}

/** @param folder for the compiled program */
export function startPlainLoops(folder: string): PlainLoops {
  const program = path.join(folder, 'plain_loops');
  const source = inRepository('test', 'bench', 'plain_loops.c');
  execFileSync('cc', ['-O2', '-pthread', '-o', program, source], { stdio: 'inherit' });
  const child: ChildProcess = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null || child.stdin === null) throw new Error('plain_loops has no pipes');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { stdin } = child;
  return {
    async transfer(mode, route, from, to, bufferBytes) {
      stdin.write(`${[mode, route, from, to, bufferBytes].join('\t')}\n`);
      const { value } = await answers.next();
      const wallNs = Number(value);
      if (!Number.isFinite(wallNs)) throw new Error(`plain_loops ${mode} ${route}: ${String(value)}`);
      return wallNs;
    },
    stop: () => stdin.end(),
  };
}
