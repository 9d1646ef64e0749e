/** C sources as text: esbuild.mjs, vitest.config.mts and test/cAsText.mjs have them loaded so. */
declare module '*.c' {
  const text: string;
  export = text;
}
declare module '*.h' {
  const text: string;
  export = text;
}
