/** The receiver for other hosts: a program of its own beside the addon, started and ended from here. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Outcome, ok, refuse } from '../model/problems.ts';
import { RECEIVER_CODE } from '../model/receiverProblems.ts';
import type { Problem } from '../model/result/problem.ts';

export interface ReceiverSettings {
  readonly address: string | null;
  readonly port: number | null;
  readonly allowNetwork: boolean;
  readonly saveDirectory: string | null;
}

/** What it says when it is ready. */
export interface Introduction {
  readonly address: string;
  readonly port: number;
  readonly token: string;
}

export interface RunningReceiver {
  /** When it listens, or why it does not. */
  readonly ready: Promise<Outcome<Introduction>>;
  /** When it has ended: null by our wish, else of what. */
  readonly ended: Promise<Problem | null>;
  end(): void;
}

/** What one of its lines says of a transfer: `TIME ADDRESS:PORT received ...`. @returns the sender's address; null for other lines */
export function senderOf(line: string): string | null {
  const [, bracketed, plain] = /^\S+ (?:\[([^\]]+)\]|([^:\s]+)):\d+ received /.exec(line) ?? [];
  return bracketed ?? plain ?? null;
}

/** @param root folder that holds build/ @param log takes the lines that the receiver writes about what happens */
export function startReceiver(
  settings: ReceiverSettings,
  root: string,
  log: (line: string) => void,
): Outcome<RunningReceiver> {
  const program = receiverProgram(root, process.arch);
  if (!existsSync(program)) {
    return refuse(
      'receiver-missing',
      l10n.t('The program {0} is not there.', program),
      l10n.t('Install the package for this platform, or build it with npm start in a clone.'),
    );
  }
  // Its input is held open by this process, so that it ends with it, however that happens.
  const child = spawn(program, [...argumentsOf(settings), '--until-end-of-input'], { stdio: 'pipe' });
  let complaint = '';
  let ending = false;
  eachLine(child.stderr, (line) => {
    const words = line.replace(/^zcl-receiver: /, '');
    if (words === line) log(line);
    else complaint = words;
  });
  const ended = new Promise<Problem | null>((resolve) => {
    child.once('error', (error) => resolve(hasEnded(l10n.t('The receiver does not start: {0}.', error.message))));
    child.once('close', (code, signal) => {
      if (ending || code === 0) resolve(null);
      else if (complaint !== '') resolve(hasEnded(l10n.t('The receiver says: {0}', complaint)));
      else resolve(hasEnded(l10n.t('The receiver was ended by {0}.', signal ?? String(code))));
    });
  });
  const hear = listenForIntroduction();
  const ready = new Promise<Outcome<Introduction>>((resolve) => {
    eachLine(child.stdout, (line) => {
      const introduction = hear(line);
      if (introduction !== null) resolve(ok(introduction));
    });
    void ended.then((problem) =>
      resolve({ ok: false, problem: problem ?? hasEnded(l10n.t('The receiver has ended.')) }),
    );
  });
  const end = () => {
    ending = true;
    child.stdin.end();
  };
  return ok({ ready, ended, end });
}

/** In the repository and in the packaged extension, which both have those of other machines beside their own. */
export function receiverProgram(root: string, arch: string): string {
  return arch === process.arch
    ? path.join(root, 'build', 'Release', 'zcl-receiver')
    : path.join(root, 'build', arch, 'Release', 'zcl-receiver');
}

/** @returns what takes the lines that a receiver prints, one after the other, until it has introduced itself */
export function listenForIntroduction(): (line: string) => Introduction | null {
  const said = new Map<string, string>();
  return (line) => {
    const [name = '', value = ''] = line.split(' ', 2);
    said.set(name, value);
    const [address, port, token] = ['address', 'port', 'token'].map((each) => said.get(each));
    if (address === undefined || port === undefined || token === undefined) return null;
    return { address, port: Number(port), token };
  };
}

function argumentsOf({ address, port, allowNetwork, saveDirectory }: ReceiverSettings): readonly string[] {
  return [
    ...(address === null ? [] : ['--listen', address]),
    ...(port === null ? [] : ['--port', String(port)]),
    ...(allowNetwork ? ['--allow-network'] : []),
    ...(saveDirectory === null ? [] : ['--save-dir', path.resolve(saveDirectory)]),
  ];
}

function hasEnded(message: string): Problem {
  return { code: `${RECEIVER_CODE}ended`, message, hint: '' };
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
