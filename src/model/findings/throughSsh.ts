/** What went through ssh is the speed of ssh. */
import * as l10n from '@vscode/l10n';
import { inRanking, type Rule, rule } from './rule.ts';

export const throughSshRules: readonly Rule[] = [
  rule({
    kind: 'through-ssh',
    question: 'caution',
    // Before anything about these numbers is read.
    weight: 97,
    from: ({ experiment: { remote } }) => (remote?.way === 'ssh-forwarded' ? [remote] : []),
    say: ({ host }, { cases }) => {
      const measured = cases.flatMap((one, index) => (one.summary === null ? [] : [index]));
      return {
        text: l10n.t(
          'The data went to {0} through ssh, which reads it from loopback, encrypts it and sends it on: speeds and CPU times are those of that way, and cannot be compared with those of any other.',
          host,
        ),
        cases: measured,
        evidence: inRanking(measured.slice(0, 1)),
      };
    },
  }),
];
