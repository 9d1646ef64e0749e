/** What the evidence of a case says of each arrow of its flows, and what it saw that a flow does not have. */
import * as l10n from '@vscode/l10n';
import type { Flow, Step } from '../flow.ts';
import { flowFactsOf } from '../flowFacts.ts';
import { classicFlows } from '../modes/classicFlows.ts';
import type { FlowFacts, ModeDescriptor } from '../modes/descriptor.ts';
import type { ArrowVerdict, Contradiction, Evidence } from '../result/evidence.ts';
import type { Result } from '../result/result.ts';
import { judgeCall } from './arrows/calls.ts';
import { judgeCopy, judgeReference } from './arrows/copies.ts';
import { judgeDma, judgeWire } from './arrows/devices.ts';
import { judgeFault, judgeMapping, judgeTouch, judgeWait } from './arrows/memory.ts';
import { uncountedCalls, unexplainedCopies } from './contradictions.ts';
import { explains } from './copies.ts';
import { HERE, PROMISED } from './flowNames.ts';
import type { CopyLabelId } from './labels.ts';
import type { Judgement, Pass } from './pass.ts';
import { notObservable, passOf } from './pass.ts';

/**
 * Judges the flow here and every classic flow of the case's mode and path. Nothing for a mode of another version.
 * @param measured what the evidence pass of the case found
 */
export function judge(
  result: Pick<Result, 'experiment' | 'host' | 'receiverHost' | 'cases' | 'tiers'>,
  caseIndex: number,
  measured: Omit<Evidence, 'arrows' | 'contradictions'>,
): Pick<Evidence, 'arrows' | 'contradictions'> {
  const pass = passOf(result, caseIndex, measured);
  if (pass === null) return { arrows: [], contradictions: [] };
  const { one, mode } = pass;
  const facts = flowFactsOf(result, one.path, one);
  const here = mode.here(facts);
  const classic = classicFlows(mode, one.path);
  return {
    arrows: [...arrowsOf(pass, HERE, here), ...classic.flatMap(({ key, flow }) => arrowsOf(pass, key, flow))],
    contradictions: [
      ...uncountedCalls(measured, HERE),
      ...unexplainedCopies(pass, HERE, here, ['sender', 'receiver']),
      ...brokenPromises(pass, mode, facts),
      // The textbooks draw no receiver: what it copies contradicts none of them.
      ...classic.flatMap(({ key, flow }) => unexplainedCopies(pass, key, flow, ['sender'])),
    ],
  };
}

function arrowsOf(pass: Pass, name: string, flow: Flow): ArrowVerdict[] {
  return flow.steps.map((step, index) => ({ flow: name, step: index, ...judgeStep(pass, step, flow) }));
}

function judgeStep(pass: Pass, step: Step, flow: Flow): Judgement {
  const elsewhere = step.receiver === true && step.kind !== 'system-call' && pass.experiment.target === 'host';
  if (elsewhere) return notObservable(l10n.t('It happens on the other side, where nothing was sampled.'));
  switch (step.kind) {
    case 'system-call':
      return judgeCall(pass, step, flow);
    case 'cpu-copy':
      return judgeCopy(pass, step, flow);
    case 'page-reference':
      return judgeReference(pass, step, flow);
    case 'dma-copy':
      return judgeDma(pass, step);
    case 'wire':
      return judgeWire(pass);
    case 'mapping':
      return judgeMapping(pass, step);
    case 'fault':
      return judgeFault(pass, step);
    case 'touch':
      return judgeTouch(pass, step);
    case 'wait':
      return judgeWait(pass);
  }
}

/**
 * A mode that queues references at a socket is meant for a NIC that gathers and sums up. Held against what it does there,
 * the copies that the flow here has are contradictions all the same.
 */
function brokenPromises(pass: Pass, mode: ModeDescriptor, facts: FlowFacts): Contradiction[] {
  const promised = mode.here({
    ...facts,
    delivery: 'host',
    outOf: 'nic',
    into: 'nic',
    scatterGather: true,
    checksumOffload: true,
  });
  const byReference = promised.steps.some((step) => step.kind === 'page-reference' && step.to === 'socket-buffer');
  if (facts.path !== 'file-to-socket' || !byReference) return [];
  const here = mode.here(facts);
  return unexplainedCopies(pass, PROMISED, promised, ['sender']).filter(({ label }) =>
    explains(here, label as CopyLabelId, 'anyone'),
  );
}
