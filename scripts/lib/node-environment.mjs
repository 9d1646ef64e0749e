// The environment for programs that must not notice who called them: no settings of an outer npm or VS Code leak in.

/**
 * @param {NodeJS.ProcessEnv} [own]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(own = {}) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    // npm passes its whole configuration on to its scripts; the user's own choices still come from the .npmrc files,
    // apart from these few, which a machine behind a proxy or a mirror may set by environment only.
    const kept = /^npm_config_(registry|proxy|https_proxy|noproxy|cafile|cache|userconfig|strict_ssl)$/i.test(name);
    if (/^npm_/i.test(name) && !kept) continue;
    if (/^(VSCODE_|CODE_SERVER_|ELECTRON_)/.test(name)) continue;
    if (['PORT', 'PASSWORD', 'HASHED_PASSWORD', 'NODE_OPTIONS', 'INIT_CWD'].includes(name)) continue;
    environment[name] = value;
  }
  return { ...environment, ...own };
}
