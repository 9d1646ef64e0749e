/** The lab without VS Code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { configureLanguage, languageOfEnvironment } from '../lab/language.ts';
import { parseCommandLine } from './arguments.ts';
import { calibrate } from './calibrate.ts';
import { compare } from './compare.ts';
import { complain } from './complaint.ts';
import { EXIT } from './exitCode.ts';
import { exportResult } from './export.ts';
import { helpText } from './help.ts';
import { probe } from './probe.ts';
import { receive } from './receive.ts';
import { run } from './run.ts';
import { selfcheck } from './selfcheck.ts';

/** dist/ holds this bundle; build/ and l10n/ lie beside it. */
const ROOT = path.dirname(__dirname);

/** Where the output is no terminal. */
const PLAIN_WIDTH = 80;
const WIDEST_TEXT = 120;

async function main(): Promise<number> {
  const language = languageOfEnvironment(process.env);
  configureLanguage(ROOT, language);
  const bench = { root: ROOT, language };
  const command = parseCommandLine(process.argv.slice(2));
  if (!command.ok) {
    complain(command.problem);
    return EXIT.usage;
  }
  switch (command.value.name) {
    case 'help':
      process.stdout.write(helpText());
      return EXIT.done;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return EXIT.done;
    case 'run':
      return run(command.value.options, `zero-copy-lab ${version()}`, bench);
    case 'receive':
      return receive(command.value.options, ROOT);
    case 'selfcheck':
      return selfcheck(command.value.options, textWidth(), bench);
    case 'calibrate':
      return calibrate(command.value.options, bench);
    case 'export':
      return exportResult(command.value.options);
    case 'compare':
      return compare(command.value.options, textWidth());
    case 'probe':
      return probe(command.value.options, textWidth(), bench);
  }
}

/** Of the terminal, but not so wide that lines are hard to read. */
function textWidth(): number {
  return Math.min(process.stdout.columns ?? PLAIN_WIDTH, WIDEST_TEXT);
}

function version(): string {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

// A reader that has seen enough, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Only a defect of ours comes here; everything a user can cause is an outcome.
    complain({ message: l10n.t('internal error: {0}', String(error)), hint: '' });
    process.exitCode = EXIT.caseFailed;
  },
);
