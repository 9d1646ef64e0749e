import { buildAddon } from './addon.mjs';
import { buildBundles } from './bundles.mjs';
import { installDependencies } from './dependencies.mjs';
import { Problem } from './problem.mjs';

const oldestNode = [20, 17];

/** Everything between `git clone` and a thing that runs. A second call finds it done. */
export async function setUp() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new Problem(`Node.js ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
  if (process.platform !== 'linux') {
    throw new Problem('Zero-Copy Lab measures Linux: build and run it on a Linux machine, or open this folder on one.');
  }
  await installDependencies();
  await buildAddon();
  await buildBundles();
}
