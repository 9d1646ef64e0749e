/** What every VS Code of the tests has in its user's settings. */
export const SETTINGS = {
  'git.enabled': false,
  'files.simpleDialog.enable': true,
  'window.confirmBeforeClose': 'never',
  'workbench.enableExperiments': false,
  // Text that can be read, instead of a picture of it.
  'terminal.integrated.gpuAcceleration': 'off',
} as const;
