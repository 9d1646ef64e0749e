/** C sources as text: esbuild.mjs and test/sourcesAsText.mjs say how they get into bundles and tests. */
declare module '*.c' {
  const text: string;
  export = text;
}
declare module '*.h' {
  const text: string;
  export = text;
}
