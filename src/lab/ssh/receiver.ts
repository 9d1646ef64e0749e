/// <reference path="./text.d.ts" />
/**
 * A receiver on another host that ssh starts: streamed there, started, used and ended, and nothing of it stays. What runs
 * there is there.sh; it and this file speak in lines that begin with a mark, whatever else is printed between them.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { type Outcome, ok, refuse } from '../../model/problems.ts';
import type { Problem } from '../../model/result/problem.ts';
import {
  doesNotStart,
  explainSsh,
  noAddressThere,
  noFolderThere,
  noReceiverFor,
  noShellThere,
  notAllThere,
  runsNothing,
  sshHasEnded,
  sshIsMissing,
  takesNothing,
  tooLateThere,
} from '../../model/sshProblems.ts';
import { type Introduction, listenForIntroduction, receiverProgram } from '../receiver.ts';
import { asTyped, type Connection, commandThere, openingCommand } from './client.ts';
import { LIFELINE_SECONDS, Session } from './session.ts';
import there from './there.sh';

/** For all of it, from the connection to the introduction. */
const START_MS = 90_000;
/** ssh and the receiver end at the same time, and the news of them come by different ways. */
const NEWS_MS = 2000;

/** The one that a firewall may be opened for. Where somebody else has it, the receiver takes any that is free. */
const PORT = 7411;

/** Of ssh itself; every other code is that of the command there. */
const SSH_FAILED = 255;

/** Any login shell passes this on, csh and fish too: no line break, no `!` and no backslash between the quotes. */
const BOOTSTRAP = `exec /bin/sh -c 'IFS= read -r n; eval "$(head -c "$n")"'`;

/** Those that there are receivers for: from `uname -m` to Node's names. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'x64', aarch64: 'arm64' };

export interface Wanted {
  readonly host: string;
  readonly connection: Connection;
  /** The address it listens on, in numbers; null: the one that the connection came to. */
  readonly listen: string | null;
  /** Folder there that it saves in; null: it saves nothing. */
  readonly save: string | null;
}

export interface SshReceiver {
  readonly introduction: Introduction;
  /** What ssh said until now. */
  said(): string;
  /** Why it is lost, where ssh has ended; null where ssh has not. */
  whyLost(): Promise<Problem | null>;
  /** Resolves when ssh has ended, and with it what it started there. */
  end(): Promise<void>;
}

/** @param root folder that holds build/ @param cancelled ends what has been begun */
export async function startThere(wanted: Wanted, root: string, cancelled: AbortSignal): Promise<Outcome<SshReceiver>> {
  const { host, connection } = wanted;
  const session = new Session(commandThere(host, BOOTSTRAP, connection));
  const tooLate = AbortSignal.timeout(START_MS);
  const stopped = AbortSignal.any([tooLate, cancelled]);
  const stop = () => void session.end('at once');
  stopped.addEventListener('abort', stop);
  if (stopped.aborted) stop();
  const introduced = await converse(session, wanted, root);
  stopped.removeEventListener('abort', stop);
  if (!introduced.ok || stopped.aborted) {
    await session.end('at once');
    return tooLate.aborted || introduced.ok ? { ok: false, problem: tooLateThere(host) } : introduced;
  }
  session.showLife();
  return ok({
    introduction: introduced.value,
    said: () => session.said,
    whyLost: async () => {
      const ended = await Promise.race([session.ended, pause(NEWS_MS)]);
      return ended !== null && (ended.code ?? SSH_FAILED) === SSH_FAILED ? sshHasEnded(host, session.said) : null;
    },
    end: () => session.end('gently'),
  });
}

/** From the script's first word to the receiver's last. */
async function converse(session: Session, wanted: Wanted, root: string): Promise<Outcome<Introduction>> {
  const { host } = wanted;
  const mark = `zcl-${randomBytes(16).toString('hex')}`;
  const script = `${assignments({ ...valuesOf(wanted), mark })}\n${there}`;
  session.write(`${Buffer.byteLength(script)}\n${script}`);
  const passedOver: string[] = [];
  let noise = '';
  let program: Outcome<Buffer> | null = null;
  let folder = '';
  for (;;) {
    const line = await session.line();
    if (line === null) return { ok: false, problem: await whyNothing(session, host, program !== null, noise) };
    if (!line.startsWith(`${mark} `)) {
      noise = line;
      continue;
    }
    const [word = '', ...rest] = line.slice(mark.length + 1).split(' ');
    const text = rest.join(' ').trim();
    switch (word) {
      case 'machine':
        program = await programFor(text, host, root);
        if (!program.ok) return program;
        break;
      case 'passed-over':
        passedOver.push(passedOverText(text));
        break;
      case 'no-address':
        return { ok: false, problem: noAddressThere(host) };
      case 'no-folder':
        return { ok: false, problem: noFolderThere(host, passedOver) };
      case 'folder':
        if (program === null || !program.ok) break;
        folder = text;
        session.write(`${program.value.length}\n`);
        session.write(program.value);
        break;
      case 'incomplete':
        return { ok: false, problem: notAllThere(host, folder) };
      case 'started':
        return introductionOf(session, host, folder);
    }
  }
}

async function introductionOf(session: Session, host: string, folder: string): Promise<Outcome<Introduction>> {
  const hear = listenForIntroduction();
  for (;;) {
    const line = await session.line();
    if (line === null) {
      await session.ended;
      return { ok: false, problem: doesNotStart(host, folder, session.said) };
    }
    const introduction = hear(line);
    if (introduction !== null) return ok(introduction);
  }
}

/** Of `execution /dev/shm: Permission denied`: what a folder refuses, which folder, and how it is said there. */
function passedOverText(text: string): string {
  const [, refuses, folder = '', reason = ''] = /^(files|execution) (.*): (.*)$/.exec(text) ?? [];
  return refuses === 'execution' ? runsNothing(folder, reason) : takesNothing(folder, reason);
}

/** @param machine `Linux x86_64`, as uname says it */
async function programFor(machine: string, host: string, root: string): Promise<Outcome<Buffer>> {
  const [system, name = ''] = machine.split(' ');
  const arch = ARCHITECTURES[name];
  if (system !== 'Linux' || arch === undefined) return { ok: false, problem: noReceiverFor(host, machine) };
  try {
    return ok(await readFile(receiverProgram(root, arch)));
  } catch {
    return refuse(
      'receiver-missing',
      l10n.t('{0} is {1}, and this installation has no receiver for it.', host, machine),
      l10n.t(
        'Install a package of Zero-Copy Lab, which has one; in a clone, install g++-{0}-linux-gnu and build again.',
        name.replaceAll('_', '-'),
      ),
    );
  }
}

/** Why there is no answer, by how ssh ended. @param begun whether the script there had said something @param noise what was said instead */
async function whyNothing(session: Session, host: string, begun: boolean, noise: string): Promise<Problem> {
  const { code, isMissing } = await session.ended;
  if (isMissing) return sshIsMissing();
  if (begun) return sshHasEnded(host, session.said);
  if (code !== SSH_FAILED) return noShellThere(host, session.said || noise);
  const command = openingCommand(host);
  return explainSsh(host, session.said, command.ok ? asTyped(command.value) : `ssh ${host}`);
}

function valuesOf({ listen, save }: Wanted): Readonly<Record<string, string>> {
  return {
    name: `.zcl-receiver-${randomBytes(16).toString('hex')}`,
    listen: listen ?? '',
    port: String(PORT),
    save: save ?? '',
    lifeline: String(LIFELINE_SECONDS),
  };
}

/** In front of the script; whatever is in a value, it is one word to the shell. */
function assignments(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join('\n');
}

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref());
}
