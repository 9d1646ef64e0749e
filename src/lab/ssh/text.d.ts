/** Shell scripts as text: esbuild.mjs, vitest.config.mts and test/cAsText.mjs have them loaded so. */
declare module '*.sh' {
  const text: string;
  export = text;
}
