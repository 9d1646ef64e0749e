import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRepository, removeFolder, repository, temporaryFolder } from './folders.mjs';
import { bundleOf, pages } from './pages.mjs';
import { Problem } from './problem.mjs';
import { otherArch, otherCompiler, otherReceiver, stripOther } from './receivers.mjs';
import { run, step } from './run.mjs';
import { onPath } from './system-packages.mjs';

const vsce = inRepository('node_modules', '@vscode', 'vsce', 'vsce');
/** What was compiled for one machine. */
const compiled = ['zero_copy_lab.node', 'zcl-consumer', 'zcl-launcher', 'zcl-receiver'].map((name) =>
  join('build', 'Release', name),
);

/** What an extension of this machine must hold; without one of them it would install, and then not work. */
const required = [
  'package.json',
  'package.nls.json',
  join('dist', 'extension.js'),
  join('dist', 'bench.js'),
  join('dist', 'cli.js'),
  ...pages.map(bundleOf),
  ...compiled,
  // Where it could be built. Without it everything works but ssh to hosts of that machine, which says what is missing.
  ...(otherReceiver && otherCompiler() ? [otherReceiver] : []),
];

/** From <elf.h>; VS Code installs an extension for another machine without a word. */
const elfMachines = { x64: 62, arm64: 183 };

/**
 * Packs the extension for this machine's platform. Bundles and addon have to be there.
 *
 * @param {string} [file] where to
 */
export async function packVsix(file) {
  const arch = process.arch;
  if (arch !== 'x64' && arch !== 'arm64') throw new Problem(`There is no VS Code for Linux on ${arch}.`);
  const target = `linux-${arch}`;
  /** @type {{ name: string, version: string }} */
  const manifest = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  const output = file ?? inRepository('dist', `${manifest.name}-${target}-${manifest.version}.vsix`);

  return step(`Packing ${manifest.name} for ${target}`, async () => {
    const listed = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { what: 'Listing the contents' });
    const files = listed.stdout.split('\n').filter(Boolean);
    const missing = required.filter((path) => !files.includes(path));
    if (missing.length > 0)
      throw new Problem(`The extension would lack ${missing.join(', ')}: see "files" in package.json.`);

    // Packed from a copy: stripping an addon in place would pull it away from under a process that has it loaded,
    // and take the symbols from whoever is debugging it.
    const stage = temporaryFolder('vsix');
    try {
      for (const path of files) {
        mkdirSync(dirname(join(stage, path)), { recursive: true });
        copyFileSync(join(repository, path), join(stage, path));
      }
      for (const path of compiled) {
        checkMachine(join(stage, path), elfMachines[arch]);
        if (onPath('strip')) await run('strip', ['--strip-unneeded', join(stage, path)]);
      }
      if (otherArch && otherReceiver && files.includes(otherReceiver)) {
        checkMachine(join(stage, otherReceiver), elfMachines[otherArch]);
        await stripOther(join(stage, otherReceiver));
      }
      mkdirSync(dirname(output), { recursive: true });
      rmSync(output, { force: true });
      const flags = [
        ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
        // There may be no translation of the sentences.
        '--allow-unused-files-pattern',
      ];
      await run(process.execPath, [vsce, 'package', ...flags, '--target', target, '-o', output], {
        cwd: stage,
        what: 'Packing the extension',
      });
    } finally {
      removeFolder(stage);
    }
    return { file: output, bytes: statSync(output).size };
  });
}

/**
 * @param {string} file
 * @param {number} wanted
 */
function checkMachine(file, wanted) {
  const header = readFileSync(file).subarray(0, 20);
  if (header.length < 20 || header.toString('latin1', 0, 4) !== '\u007fELF')
    throw new Problem(`${file} is no ELF file.`);
  const machine = header.readUInt16LE(18);
  if (machine !== wanted) {
    throw new Problem(
      `${file} was built for ELF machine ${machine}, not for ${wanted}: remove build/ and build again.`,
    );
  }
}
