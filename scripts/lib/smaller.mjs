// What esbuild cannot make smaller by itself: the text of stylesheets, and classes of Chart.js that no page uses.
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
 * Stylesheets are templates in src/webview/styles.
 * @type {import('esbuild').Plugin}
 */
export const smallStyles = {
  name: 'small-styles',
  setup: (build) =>
    build.onLoad({ filter: /[\\/]webview[\\/]styles[\\/]\w+\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replaceAll(/(?<=\bcss`)[^`]*(?=`)/g, minifiedCss);
      return { contents, loader: 'ts' };
    }),
};

/** A class at the top of a module, from its name to its closing brace, and the statements that give it static fields. */
const topLevelClass =
  /^class (?<name>[\w$]+)(?<body> [\s\S]*?^\}\n)(?<statics>(?:\k<name>\.\w+ = (?:.*;\n|.*\n(?:[ \t].*\n)+\S.*;\n))*)/gm;

/**
 * A class with static fields cannot be left out, because making it might do something. Those of Chart.js and its plugins
 * only keep their names and defaults in them, so each becomes the value of a call that may be left out.
 * @type {import('esbuild').Plugin}
 */
export const usedCharts = {
  name: 'used-charts',
  setup: (build) =>
    build.onLoad(
      { filter: /[\\/](chart\.js[\\/]dist|chartjs-chart-[a-z-]+[\\/]build)[\\/].*\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const contents = source.replaceAll(
          topLevelClass,
          'const $<name> = /* @__PURE__ */ (() => {\nclass $<name>$<body>$<statics>return $<name>;\n})();\n',
        );
        return { contents, loader: 'js' };
      },
    ),
};
