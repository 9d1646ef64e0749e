// docs/modes.md, as the model has it now.
import { existsSync, readFileSync } from 'node:fs';
import { inRepository } from '../folders.mjs';
import { table } from './markdown.mjs';

/**
 * @typedef {import('./model.mjs').Model} Model
 * @typedef {import('../../../src/model/modes/descriptor.ts').ModeDescriptor} Mode
 * @typedef {import('../../../src/model/modes/descriptor.ts').FlowFacts} Facts
 * @typedef {import('../../../src/model/flow.ts').Flow} Flow
 * @typedef {import('../../../src/model/flow.ts').Step} Step
 * @typedef {import('../../../src/model/result/path.ts').PathId} PathId
 * @typedef {import('../../../src/model/result/experiment.ts').ReceiverKind} ReceiverKind
 */

/** What "here" means in the document. */
const PLAIN_HOST = {
  cold: true,
  durable: false,
  wholeBlocks: true,
  scatterGather: true,
  checksumOffload: true,
  filesystem: 'ext4',
  sharesBlocks: null,
  undone: null,
  mapped: null,
  kernel: '6.18.0',
  queueDepth: 8,
};

const INTRODUCTION = `# Modes

<!-- Written by \`npm run documents\` from src/model/modes; edit there. -->

Every way of moving bytes that the lab knows, what it does step by step, and what to know before using it. Figures are
**crossings / copies by the CPU / copies by devices (DMA)** of one chunk. A crossing is one change between user and
kernel mode, so a system call makes two; textbooks call it a context switch.

*Textbook* is the model of the articles on zero-copy. *Here* is what Linux 6.18 does with a source that is not in the
page cache, on ext4, over the loopback interface to a receiver that reads, between two processes; the page of a result
shows the flow of the host it was measured on. "At most" stands where requests are batched or a call is made only if
there is something to wait for. Steps marked *later* happen after the call returned.
`;

/**
 * @param {Model} model
 * @returns {string}
 */
export function modesDocument(model) {
  return [
    INTRODUCTION,
    ...model.pathDescriptors().map((path) => pathTable(model, path)),
    '## Over the network: copies by the CPU, by the way to the receiver\n',
    networkTable(model),
    '## What the receiver does\n',
    receivers(model),
    '## Named and not run\n',
    notRun(model),
    ...model.modeDescriptors().map((mode) => modeSection(model, mode)),
  ].join('\n');
}

/**
 * @param {PathId} path
 * @param {Partial<Facts>} [changes]
 * @returns {Facts}
 */
function factsFor(path, changes) {
  const network = path === 'file-to-socket';
  return {
    ...PLAIN_HOST,
    path,
    receiver: network ? 'read' : null,
    delivery: network ? 'local' : null,
    outOf: null,
    into: null,
    peer: path === 'process-to-process' ? 'process' : null,
    ...changes,
  };
}

/**
 * @param {Model} model
 * @param {{ id: PathId, name: string, summary: string, baseline: string }} path
 */
function pathTable(model, { id, name, summary, baseline }) {
  const rows = model.modesOfPath(id).map((mode) => {
    const classic = mode.classic.filter((each) => each.path === id).map(({ flow }) => figure(model, flow));
    const here = mode.here(factsFor(id));
    return [
      `[${mode.name}](#${mode.id})${mode.id === baseline ? ' (baseline)' : ''}`,
      mode.since,
      calls(here),
      classic.join(', ') || '–',
      figure(model, here),
    ];
  });
  return `## ${name}\n\n${summary}\n\n${table(['Mode', 'Since', 'Calls', 'Textbook', 'Here'], rows)}`;
}

/** @type {Partial<Facts>} */
const BY_NIC = { delivery: 'host', outOf: 'nic', into: 'nic' };

/** @param {Model} model */
function networkTable(model) {
  /** @type {[string, Partial<Facts>][]} */
  const ways = [
    ['From NIC to NIC', BY_NIC],
    ['NIC without scatter-gather', { ...BY_NIC, scatterGather: false }],
    ['NIC without checksums', { ...BY_NIC, checksumOffload: false }],
    ['This host', {}],
    ['This host, veth without scatter-gather', { scatterGather: false }],
  ];
  const rows = model
    .modesOfPath('file-to-socket')
    .map((mode) => [
      mode.name,
      ...ways.map(([, changes]) =>
        String(model.countsForChunk(mode.here(factsFor('file-to-socket', changes))).cpuCopies),
      ),
    ]);
  const note = 'From end to end, on both hosts where there are two: the copy of a receiver that reads is included.\n';
  return `${table(['Mode', ...ways.map(([name]) => name)], rows)}\n${note}`;
}

/** @param {Model} model */
function receivers(model) {
  /** @type {ReceiverKind[]} */
  const kinds = ['read', 'discard', 'splice-null', 'zerocopy-receive', 'save', 'save-splice'];
  const any = model.modesOfPath('file-to-socket')[0];
  const rows = kinds.map((receiver) => {
    const steps = any?.here(factsFor('file-to-socket', { receiver })).steps.filter((step) => step.receiver) ?? [];
    const { cpuCopies } = model.countsForChunk({ steps });
    return [`\`${receiver}\``, String(cpuCopies), steps.map((step) => step.text).join(' ')];
  });
  return table(['Receiver', 'CPU copies', 'Steps'], rows);
}

/** @param {Model} model */
function notRun(model) {
  const rows = model.modesNotRun().map(({ name, path, why }) => [name, path, why]);
  return table(['Mode', 'Path', 'Why not'], rows);
}

/**
 * @param {Model} model
 * @param {Mode} mode
 */
function modeSection(model, mode) {
  const flows = mode.paths.flatMap((path) => [
    ...mode.classic
      .filter((each) => each.path === path)
      .map(({ title, flow }) => ({ title: `Textbook, ${path}: ${title}`, flow })),
    { title: `Here, ${path}`, flow: mode.here(factsFor(path)) },
  ]);
  return [
    `## ${mode.id}\n`,
    `**${mode.name}.** ${mode.summary}\n`,
    ...flows.map(({ title, flow }) => `${title}, ${figure(model, flow)}:\n\n${steps(flow)}`),
    'Before you use it:\n',
    `${mode.caveats.map((caveat) => `- ${caveat}`).join('\n')}\n`,
    ...listing(mode.id),
  ].join('\n');
}

/**
 * The stand-alone C of a mode, where it is written.
 * @param {string} id
 */
function listing(id) {
  const file = inRepository('src', 'model', 'listings', `${id}.c`);
  if (!existsSync(file)) return [];
  return [
    `Its loop in C; a mark \`@name\` ties a line to the steps it causes:\n\n\`\`\`c\n${readFileSync(file, 'utf8')}\`\`\`\n`,
  ];
}

/** @param {Flow} flow */
function steps({ steps }) {
  return `${steps.map((step, index) => `${index + 1}. ${step.text}${notes(step)}`).join('\n')}\n`;
}

/** @param {Step} step */
function notes(step) {
  const said = [
    ...(step.atMost ? ['at most'] : []),
    ...(step.later ? ['later'] : []),
    ...(step.receiver ? ['receiver'] : []),
  ];
  return said.length === 0 ? '' : ` *(${said.join(', ')})*`;
}

/**
 * `4 / 2 / 2`, and `at most 4 / 2 / 2`.
 * @param {Model} model
 * @param {Flow} flow
 */
function figure(model, flow) {
  const { crossings, atMost, cpuCopies, dmaCopies } = model.countsForChunk(flow);
  const counts = [crossings, cpuCopies, dmaCopies].join(' / ');
  // Numbers that belong together stay on one line.
  return (atMost ? `at most ${counts}` : counts).replaceAll(' ', '\u00a0');
}

/**
 * The calls of the sender, and those of the receiver behind an arrow.
 * @param {Flow} flow
 */
function calls({ steps }) {
  const named = (/** @type {boolean} */ receiver) => {
    const mine = steps.filter((step) => (step.receiver === true) === receiver);
    return [...new Set(mine.flatMap((step) => (step.kind === 'system-call' ? [step.call] : [])))].join(', ');
  };
  return [named(false), named(true)].filter((names) => names !== '').join(' → ');
}
