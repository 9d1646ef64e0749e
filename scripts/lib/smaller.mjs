// What esbuild cannot make smaller by itself: the text of stylesheets and templates, and classes of Chart.js that no page uses.
import { readFile } from 'node:fs/promises';

/**
 * The text inside css`...` without what only people read. Interpolations stay: none has white space of its own.
 *
 * @param {string} text
 */
function minifiedCss(text) {
  return text
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: /g, ':')
    .replaceAll(';}', '}');
}

/**
 * Stylesheets and markup are templates, written on lines of their own and indented: ours, and those of VS Code Elements.
 * @type {import('esbuild').Plugin}
 */
export const smallTemplates = {
  name: 'small-templates',
  setup: (build) =>
    build.onLoad(
      { filter: /[\\/](src[\\/]webview|@vscode-elements[\\/]elements[\\/]dist)[\\/].*\.[jt]s$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const contents = source.replaceAll(/(?<=\bcss`)[^`]*(?=`)/g, minifiedCss).replaceAll(/\n\s+/g, '\n');
        return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
      },
    ),
};

/** A class at the top of a module, from its name to its closing brace, and the statements that give it static fields. */
const topLevelClass =
  /^class (?<name>[\w$]+)(?<body> [\s\S]*?^\}\n)(?<statics>(?:\k<name>\.\w+ = (?:.*;\n|.*\n(?:[ \t].*\n)+\S.*;\n))*)/gm;

/**
 * The cards over the charts are the page's own. The plugins of Chart.js add to its tooltips, which would keep them in.
 *
 * @param {string} source
 */
function withoutTooltip(source) {
  return `const Tooltip = { positioners: {} };\n${source.replace(/(?<=^import \{.*)\bTooltip, /m, '')}`;
}

/** Chart.js computes colours for animations and for hover colours that nobody gave: no chart of the pages has either. */
const GIVEN_COLORS = `export class Color {
  constructor(given) { this.given = given; }
  saturate() { return this; }
  darken() { return this; }
  hexString() { return this.given; }
}`;

/**
 * A class with static fields cannot be left out, because making it might do something. Those of Chart.js and its plugins
 * only keep their names and defaults in them, so each becomes the value of a call that may be left out.
 * @type {import('esbuild').Plugin}
 */
export const usedCharts = {
  name: 'used-charts',
  setup: (build) => {
    build.onResolve({ filter: /^@kurkle\/color$/ }, ({ path }) => ({ path, namespace: 'given-colors' }));
    build.onLoad({ filter: /./, namespace: 'given-colors' }, () => ({ contents: GIVEN_COLORS }));
    build.onLoad(
      { filter: /[\\/](chart\.js[\\/]dist|chartjs-chart-[a-z-]+[\\/]build)[\\/].*\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const contents = source.replaceAll(
          topLevelClass,
          'const $<name> = /* @__PURE__ */ (() => {\nclass $<name>$<body>$<statics>return $<name>;\n})();\n',
        );
        return { contents: /chartjs-chart-/.test(path) ? withoutTooltip(contents) : contents, loader: 'js' };
      },
    );
  },
};
