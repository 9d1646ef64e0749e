/**
 * What a JSON editor proposes and explains while somebody writes an experiment file, on top of the schema of its form: the
 * values there are, and whole files. All of it is for the shipped schema; nothing here is needed to run.
 *
 * A proposal does not forbid the rest (`anyOf` a text): what a value may be is judged by resolveExperiment alone, in the
 * words of a run, and an editor that judged as well would mark every mistake twice.
 */
import { RECEIVERS } from '../experiment.ts';
import { modesOfPath } from '../modes/catalogue.ts';
import { pathDescriptors } from '../paths.ts';
import { presets, presetsFor } from '../presets.ts';
import type { Experiment, ReceiverKind } from '../result/experiment.ts';
import type { PathId } from '../result/path.ts';
import type { RequestProperty } from './place.ts';
import { writtenOut } from './writtenOut.ts';

/** A JSON schema, as far as this file builds one. `enumDescriptions` and `defaultSnippets` are VS Code's. */
type Schema = Readonly<Record<string, unknown>>;

interface Choice {
  readonly value: string;
  readonly description: string;
}

const RECEIVER_WORDS: Readonly<Record<ReceiverKind, string>> = {
  read: 'Reads everything into a buffer.',
  discard: 'Has the kernel throw everything away unread (MSG_TRUNC): no copy at the receiver.',
  'splice-null': 'Splices everything to /dev/null: no copy at the receiver.',
  'zerocopy-receive': 'Maps the pages that arrived instead of copying them (TCP_ZEROCOPY_RECEIVE).',
  save: 'Reads everything and writes it to an unnamed file.',
  'save-splice': 'Splices everything to an unnamed file.',
};
const CACHE_WORDS: Readonly<Record<Experiment['cache'], string>> = {
  warm: 'The source is in the page cache before each transfer.',
  cold: 'The source is dropped from the page cache before each transfer.',
};
const PEER_WORDS: Readonly<Record<NonNullable<Experiment['peer']>, string>> = {
  process: 'Another process.',
  thread: 'Another thread of the same process.',
};
const EVIDENCE_WORDS: Readonly<Record<Experiment['evidence'], string>> = {
  auto: 'Where this host allows it.',
  require: 'The run fails where this host does not allow it.',
  off: 'No such pass.',
};
const SIZES = ['16MiB', '64MiB', '256MiB', '1GiB'];
const BUFFERS = ['4KiB', '16KiB', '64KiB', '256KiB', '1MiB', '4MiB'];

/** @param form JSON schema of the form of a file */
export function withEditorHelp(form: Schema): Schema {
  return {
    ...form,
    properties: helped(form['properties'] as Readonly<Record<string, Schema>>),
    // Which modes there are depends on the path; a file that names none is about the first.
    allOf: pathDescriptors().map(({ id }, index) => ({
      if: { properties: { path: { const: id } }, ...(index === 0 ? {} : { required: ['path'] }) },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
      then: { properties: { modes: modesOn(id) } },
    })),
    defaultSnippets: pathDescriptors().flatMap((path) =>
      presetsFor(path.id, false).map((preset) => ({
        label: `${preset.id}: ${path.name}`,
        description: preset.summary,
        body: writtenOut(preset, path.id),
      })),
    ),
  };
}

function helped(properties: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const help = helpByProperty();
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, { ...schema, ...help[name as RequestProperty] }]),
  );
}

function helpByProperty(): Partial<Record<RequestProperty, Schema>> {
  return {
    preset: choice(presets().map(({ id, summary }) => ({ value: id, description: summary }))),
    path: choice(pathDescriptors().map(({ id, summary }) => ({ value: id, description: summary }))),
    cache: choice(choicesOf(CACHE_WORDS)),
    receiver: choice(RECEIVERS.map((value) => ({ value, description: RECEIVER_WORDS[value] }))),
    peer: choice(choicesOf(PEER_WORDS)),
    evidence: choice(choicesOf(EVIDENCE_WORDS)),
    size: { examples: SIZES },
    buffers: {
      items: { anyOf: [{ type: 'string' }, { type: 'number' }], examples: BUFFERS },
      defaultSnippets: [
        { label: '64 KiB', body: ['64KiB'] },
        { label: '4 KiB to 4 MiB, by 4', body: BUFFERS },
      ],
    },
    rounds: { examples: ['auto', 6, 10, 30] },
    receiverBuffer: { examples: BUFFERS },
    pipeSize: { examples: BUFFERS },
    queueDepth: { examples: [1, 8, 32] },
    streams: { defaultSnippets: [{ label: '1 and 8, in turns', body: [1, 8] }], examples: [1, 8, 64] },
    durationSeconds: { examples: [1, 10] },
    mss: { examples: [536, 1000] },
    congestion: { examples: ['cubic', 'reno', 'bbr'] },
    sendBuffer: { examples: BUFFERS },
    objects: {
      items: { anyOf: [{ type: 'string' }, { type: 'number' }], examples: BUFFERS },
      defaultSnippets: [{ label: '4 KiB to 64 MiB, by 4', body: [...BUFFERS, '16MiB', '64MiB'] }],
    },
    rate: { examples: ['auto', '500MiB'] },
    pin: { defaultSnippets: [{ label: 'CPU 0 and CPU 1', body: { sender: 0, receiver: 1 } }] },
    timeLimitSeconds: { examples: [60, 300] },
  };
}

function modesOn(path: PathId): Schema {
  const modes = modesOfPath(path).map(({ id, summary }) => ({ value: id, description: summary }));
  return {
    anyOf: [
      { enum: ['all'], enumDescriptions: ['All modes of the path.'] },
      { type: 'array', items: choice(modes) },
    ],
    defaultSnippets: [{ label: 'a list of modes', body: ['$0'] }],
  };
}

function choicesOf(words: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(words).map(([value, description]) => ({ value, description }));
}

function choice(choices: readonly Choice[]): Schema {
  return {
    type: 'string',
    anyOf: [
      {
        enum: choices.map(({ value }) => value),
        enumDescriptions: choices.map(({ description }) => description),
      },
      { type: 'string' },
    ],
  };
}
