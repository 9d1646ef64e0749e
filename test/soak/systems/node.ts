/** This machine with another version of Node as the bench process. */
import path from 'node:path';
import { ownMachine } from '../../../scripts/lib/machines.mjs';
import { nodeBuild } from '../../../scripts/lib/node-builds.mjs';
import { ownTarget, targetNamed } from '../../../scripts/lib/targets.mjs';
import { installed, type System, workFolder } from './system.ts';

export function withNode(major: 20 | 22 | 24, version: string): System {
  return {
    name: `Node ${major}`,
    identity: { node: version },
    obstacle: () => (ownMachine && ownTarget ? null : `npm has no Node for ${process.arch}`),
    async prepare() {
      const here = workFolder();
      return {
        command: ['sh'],
        env: { PATH: process.env.PATH },
        node: path.join(await nodeBuild(major), 'bin', 'node'),
        package: installed(targetNamed(ownTarget ?? '')),
        work: { here, there: here },
      };
    },
  };
}
