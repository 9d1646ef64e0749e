// Stands in for VS Code around the page: theme, messages, kept state. Runs before the page's own script.
(() => {
  const settings = window.zclSettings;
  const host = {
    /** Everything the page posted. */
    posted: [],
    /** Violations of the content security policy. */
    violations: [],
    /** The answer to `ready`, or null to leave the page waiting. */
    state: settings.state,
    /** A problem instead of an answer, by type of request. */
    problems: {},
    post(message) {
      window.postMessage(message, '*');
    },
    setTheme(theme) {
      document.body.className = theme.bodyClass;
      // A token that this theme does not have must not stay from the one before.
      document.documentElement.removeAttribute('style');
      for (const [name, value] of Object.entries(theme.tokens)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
    },
  };
  window.zclHost = host;
  document.addEventListener('securitypolicyviolation', (event) => {
    host.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
  host.setTheme(settings.theme);
  if (settings.reduceMotion) document.body.classList.add('vscode-reduce-motion');
  let acquired = false;
  window.acquireVsCodeApi = () => {
    if (acquired) throw new Error('acquireVsCodeApi may be called once');
    acquired = true;
    return {
      postMessage(message) {
        host.posted.push(message);
        const problem = host.problems[message.type];
        if (problem) return host.post({ type: 'reply', id: message.id, ok: false, problem });
        if (message.type === 'ready' && host.state === null) return undefined;
        const reply = (answer) => host.post({ type: 'reply', id: message.id, ok: true, answer });
        if (message.type === 'flow-picture') return window.zclFlowPicture(host.state, message).then(reply);
        if (message.type === 'chart-picture') return window.zclChartPicture(host.state, message).then(reply);
        if (message.type === 'listing') return window.zclListing(message.mode).then(reply);
        if (message.type === 'samples') return window.zclSamples(message.case, message.offset).then(reply);
        if (message.type === 'arrangement') return reply(settings.arrangement);
        return reply(message.type === 'ready' ? host.state : null);
      },
      setState(state) {
        sessionStorage.setItem('state', JSON.stringify(state));
      },
      getState() {
        const state = sessionStorage.getItem('state');
        return state === null ? undefined : JSON.parse(state);
      },
    };
  };
})();
