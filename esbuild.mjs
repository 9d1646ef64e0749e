// Bundles the programs: the extension, the bench process, the command line and the pages.
//   node esbuild.mjs            for use: minified
//   node esbuild.mjs --dev      for debugging: source maps, not minified
//   node esbuild.mjs --watch    the same, again after every change
import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { iconFiles, pages } from './scripts/lib/pages.mjs';
import { smallTemplates, usedCharts } from './scripts/lib/smaller.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { dev: { type: 'boolean' }, watch: { type: 'boolean' } } });
const watch = values.watch === true;
const dev = watch || values.dev === true;

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  // Development builds find their sources beside them; nothing of the build machine gets into a package.
  sourcesContent: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'info',
  // The listings of the modes: C, shown and saved as it is. What runs on another host: a shell script.
  loader: { '.c': 'text', '.h': 'text', '.sh': 'text' },
  define: { 'process.env.NODE_ENV': JSON.stringify(dev ? 'development' : 'production') },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['*.node'],
  // Some packages have a main file that a bundler cannot follow.
  mainFields: ['module', 'main'],
};

/** @type {readonly import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    // In parts, so that activation loads only what it needs.
    format: 'esm',
    splitting: true,
    entryPoints: { extension: 'src/extension/extension.ts' },
    outdir: 'dist/extension',
    outExtension: { '.js': '.mjs' },
    // For packages that are no modules, and ask for those of Node.
    banner: { js: "import{createRequire as zclRequire}from'node:module';const require=zclRequire(import.meta.url);" },
    external: ['vscode', '*.node'],
  },
  { ...node, entryPoints: { bench: 'src/lab/bench/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [
      {
        name: 'executable',
        setup: (build) =>
          build.onEnd(({ errors }) => {
            if (errors.length === 0) chmodSync(join(root, 'dist', 'cli.js'), 0o755);
          }),
      },
    ],
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    // A page each, so that none carries what only another one shows.
    entryPoints: Object.fromEntries(pages.map((page) => [page, `src/webview/${page}/main.ts`])),
    outdir: 'dist/webview',
    loader: { ...common.loader, '.ttf': 'file', '.svg': 'dataurl' },
    plugins: dev ? [] : [smallTemplates, usedCharts],
  },
];

/** VS Code Elements look for this stylesheet in the page, so it is shipped as it is. */
function copyIcons() {
  const from = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  const to = join(root, 'dist', 'webview');
  mkdirSync(to, { recursive: true });
  for (const file of iconFiles) copyFileSync(join(from, file), join(to, file));
}

if (watch) {
  copyIcons();
  const contexts = await Promise.all(
    bundles.map((options) =>
      context({
        ...options,
        plugins: [
          ...(options.plugins ?? []),
          {
            // The lines that the background task of .vscode/tasks.json waits for.
            name: 'watch-marks',
            setup: (build) => {
              build.onStart(() => console.log('[watch] build started'));
              build.onEnd(() => console.log('[watch] build finished'));
            },
          },
        ],
      }),
    ),
  );
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  for (const folder of ['extension', 'webview']) rmSync(join(root, 'dist', folder), { recursive: true, force: true });
  copyIcons();
  const results = await Promise.all(bundles.map((options) => build(options)));
  /** How many bytes each file has, for `npm run bench`. */
  const sizes = results.flatMap((result) =>
    Object.keys(result.metafile?.outputs ?? {}).map((file) => [file, statSync(join(root, file)).size]),
  );
  /** What the bundles are made of, for the bill of materials (scripts/lib/sbom.mjs). */
  const metafiles = results.map(({ metafile }) => metafile);
  const merged = {
    inputs: Object.assign({}, ...metafiles.map((metafile) => metafile?.inputs)),
    outputs: Object.assign({}, ...metafiles.map((metafile) => metafile?.outputs)),
  };
  writeFileSync(join(root, 'dist', 'metafile.json'), JSON.stringify(merged));
  writeFileSync(join(root, 'dist', 'sizes.json'), `${JSON.stringify(Object.fromEntries(sizes), undefined, 2)}\n`);
}
