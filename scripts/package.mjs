// `npm run package`: the extension as a VSIX for each platform, in dist/; `npm run package -- linux-x64` makes that one.
import { relative } from 'node:path';
import { repository } from './lib/folders.mjs';
import { bringsCompiler, buildFor, canBuildFor, otherMachines } from './lib/machines.mjs';
import { main, Problem } from './lib/problem.mjs';
import { setUp } from './lib/setup.mjs';
import { programs, targetNamed, targets } from './lib/targets.mjs';
import { inNoPackage, packVsix } from './lib/vsix.mjs';

await main(async () => {
  const asked = process.argv.slice(2);
  const wanted = (asked.length > 0 ? asked : Object.keys(targets)).map((name) => ({ name, ...targetNamed(name) }));
  await setUp();
  const strangers = await inNoPackage();
  if (strangers.length > 0) {
    throw new Problem(`"files" of package.json names what no package holds: ${strangers.join(', ')}.`);
  }
  const cannot = otherMachines.filter((machine) => !canBuildFor(machine));
  for (const { name, machine, receivers } of wanted) {
    if (machine && cannot.includes(machine)) {
      const words = `${name} needs a compiler for ${machine} (${bringsCompiler(machine)}).`;
      if (asked.length > 0) throw new Problem(words);
      console.log(`Left out: ${words}`);
      continue;
    }
    if (machine && otherMachines.includes(machine)) await buildFor(machine, programs);
    const { file, bytes } = await packVsix(name);
    console.log(`${relative(repository, file)}  ${(bytes / 1000).toFixed(0)} kB`);
    for (const lacking of receivers.filter((each) => cannot.includes(each))) {
      console.log(
        `  without the receiver for hosts of ${lacking}, for lack of a compiler (${bringsCompiler(lacking)}).`,
      );
    }
  }
  return 0;
});
