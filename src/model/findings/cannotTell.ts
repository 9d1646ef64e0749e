/** What a run of this kind cannot tell. */
import * as l10n from '@vscode/l10n';
import type { Result } from '../result/result.ts';
import { comparisons } from './compared.ts';
import { type Rule, rule } from './rule.ts';

export const cannotTellRules: readonly Rule[] = [
  openQuestion(
    'loopback',
    45,
    ({ experiment, host }) =>
      experiment.target === 'loopback' || (experiment.target === 'host' && host.interface?.name === 'lo'),
    () =>
      l10n.t(
        'Over loopback there is no NIC and no wire, and the kernel bills much of the receive work to the sender: this run cannot tell what a real link would show.',
      ),
  ),
  openQuestion(
    'laboratory',
    45,
    ({ experiment }) => experiment.target === 'lab',
    () =>
      l10n.t(
        'A veth pair has no NIC and no wire: what a NIC would gather by DMA is handed over by reference here, and all work on the way is billed to CPUs of this host. This run tells what the kernel does with and without an offload, not how fast a real link is.',
      ),
  ),
  openQuestion(
    'tmpfs',
    44,
    (result) => result.host.filesystem.type === 'tmpfs' && usesFiles(result),
    ({ experiment }) => l10n.t('{0} is on tmpfs, which is memory: no disk took part.', experiment.directory),
  ),
  openQuestion(
    'virtual-machine',
    43,
    (result) => result.host.virtualised !== null && usesFiles(result),
    ({ host }) =>
      l10n.t(
        'This host is a virtual machine ({0}): what it takes for DMA is usually a copy by the CPU of its host, and its disk may be cached there.',
        host.virtualised ?? '',
      ),
  ),
  openQuestion(
    'one-host',
    30,
    (result) =>
      result.experiment.target !== 'host' &&
      comparisons(result).some(({ ratio }) => ratio.verdict === 'faster' || ratio.verdict === 'slower'),
    ({ host }) =>
      l10n.t(
        'All of this is one host with one kernel ({0}): this run cannot tell what another CPU, kernel or filesystem would show.',
        host.kernel,
      ),
  ),
];

function openQuestion(
  kind: string,
  weight: number,
  isOpen: (result: Result) => boolean,
  text: (result: Result) => string,
): Rule {
  return rule({
    kind,
    question: 'cannot-tell',
    weight,
    from: (result) => (isOpen(result) ? [result] : []),
    say: (result) => ({ text: text(result), cases: [], evidence: [{ part: 'host' }] }),
  });
}

function usesFiles({ experiment }: Result): boolean {
  return experiment.path !== 'process-to-process';
}
