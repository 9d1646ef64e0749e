/** The page of a probe, with VS Code stood in for. */
import type { PageState } from '../../src/model/messages.ts';
import { modesNotRun } from '../../src/model/modes/notRun.ts';
import type { ModeProbe, ProbeReport } from '../../src/model/probe.ts';
import { planned } from './fixtures.ts';
import { expect, test } from './pageTest.ts';

type ProbeState = Extract<PageState, { readonly kind: 'probe' }>;

const FILTERED = {
  code: 'EPERM',
  message: 'A seccomp filter forbids io_uring_setup in this container (docker), as the default profile of Docker does.',
  hint: 'Start the container with --security-opt seccomp=PROFILE, where PROFILE allows io_uring_setup.',
};
const NO_NETEM = { code: 'ENOENT', message: 'This kernel has no netem.', hint: 'Leave out what needs it.' };
const CHANGED = { code: 'not-verified', message: 'It changed bytes.', hint: 'Do not trust this mode here.' };

function works(mode: string, path: ModeProbe['path'], ...notes: string[]): ModeProbe {
  return { mode, path, status: 'works', problem: null, notes };
}

const report: ProbeReport = {
  probedAt: '2026-11-21T03:30:00.000Z',
  host: planned({ path: 'file-to-socket' }).host,
  directory: '/home/ada/project/.zero-copy',
  route: null,
  modes: [
    works('read-write', 'file-to-file'),
    works('mmap-write', 'file-to-file'),
    { mode: 'io-uring', path: 'file-to-file', status: 'unsupported', problem: FILTERED, notes: [] },
    works('read-write', 'file-to-socket'),
    works('msg-zerocopy', 'file-to-socket', 'The kernel copied 5 of 5 sends after all.'),
    { mode: 'sendfile', path: 'file-to-socket', status: 'failed', problem: CHANGED, notes: [] },
  ],
  laboratory: {
    problem: null,
    switches: [
      { id: 'sg', problem: null },
      { id: 'delay', problem: NO_NETEM },
    ],
  },
};

function probed(changes: Partial<ProbeState> = {}): ProbeState {
  return { kind: 'probe', report, problem: null, probing: false, ...changes };
}

test('has a row for each switch of a laboratory, or says why there is none', async ({ resultPage, page }) => {
  await resultPage.open(probed());
  const rows = page.locator('[data-part="laboratory"] tr');
  await expect(rows).toHaveText([/^\s*sg\s+works\s*$/, /^\s*delay\s+unsupported\s+This kernel has no netem\./]);
  await resultPage.open(probed({ report: { ...report, laboratory: { problem: FILTERED, switches: [] } } }));
  await expect(resultPage.part('laboratory')).toHaveCount(0);
  await expect(resultPage.part('obstacle')).toContainText(FILTERED.message);
});

test('has a row for each mode of each path: works, or the reason and what to do', async ({ resultPage, page }) => {
  await resultPage.open(probed());
  await expect(page.locator('h1')).toHaveText('What works on lovelace');
  await expect(resultPage.part('finding')).toHaveText('4 of 6 ways to move bytes work here.');
  for (const { mode, path, status, problem, notes } of report.modes) {
    const row = page.locator(`table[data-path="${path}"] tr[data-mode="${mode}"]`);
    await expect(row).toHaveAttribute('data-status', status);
    await expect(row.locator('.status')).toHaveText(status);
    await expect(row.locator('.codicon')).toHaveCount(1);
    for (const text of [...(problem === null ? [] : [problem.message, problem.hint]), ...notes]) {
      await expect(row).toContainText(text);
    }
  }
  for (const { id, why } of modesNotRun()) {
    await expect(resultPage.part('not-run').locator(`[data-mode="${id}"]`)).toContainText(why);
  }
  await expect(page.locator('zcl-page')).not.toHaveAttribute('data-status');
});

test('shows the facts of the host in groups', async ({ resultPage }) => {
  await resultPage.open(probed());
  const groups = resultPage.part('host').locator('table');
  await expect(groups.locator('caption')).toHaveText(['Machine', 'Storage', 'Network', 'Limits and settings']);
  await expect(groups.nth(1)).toContainText('ext4 at /home');
  await expect(groups.nth(3)).toContainText('fs.pipe-max-size');
});

test('probes again on request, and shows that it does', async ({ resultPage, page }) => {
  await resultPage.open(probed());
  const again = page.getByRole('button', { name: 'Probe again' });
  await again.click();
  await expect.poll(() => resultPage.posted('probe-again')).toBe(1);
  await resultPage.answer(probed({ probing: true }));
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('probing')).toBeVisible();
  await expect(resultPage.part('probe')).toHaveAttribute('aria-busy', 'true');
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  // What is known stays on the page meanwhile.
  await expect(page.locator('table[data-path] tr[data-status]')).toHaveCount(report.modes.length);
  const modes = report.modes.map((each) => works(each.mode, each.path));
  await resultPage.answer(probed({ report: { ...report, modes } }));
  await resultPage.post({ type: 'stale' });
  await expect(resultPage.part('finding')).toHaveText('All 6 ways to move bytes work here.');
  await expect(resultPage.part('probing')).toHaveCount(0);
});

test('is there from the first moment of the first probe', async ({ resultPage, page }) => {
  await resultPage.open(probed({ report: null, probing: true }));
  await expect(page.locator('h1')).toHaveText('What works on this host');
  await expect(resultPage.part('probing')).toBeVisible();
  await expect(page.locator('table')).toHaveCount(0);
});

test('says why a probe came to nothing, and keeps what the one before it found', async ({ resultPage, page }) => {
  const problem = { code: 'SIGSYS', message: 'The bench process was ended by SIGSYS.', hint: 'Probe again.' };
  await resultPage.open(probed({ problem }));
  await expect(page.getByRole('alert')).toHaveText(`${problem.message} ${problem.hint}`);
  await expect(page.locator('table[data-path] tr[data-status]')).toHaveCount(report.modes.length);
});

for (const [name, state] of Object.entries({
  'of a report': probed(),
  'under way': probed({ report: null, probing: true }),
  'that came to nothing': probed({ report: null, problem: FILTERED }),
})) {
  test(`axe finds nothing in any theme on the page ${name}`, async ({ resultPage }) => {
    await resultPage.open(state);
    expect(await resultPage.violations()).toEqual([]);
  });
}

test('does not scroll sideways, at any width', async ({ resultPage }) => {
  await resultPage.open(probed());
  expect(await resultPage.misfits()).toEqual([]);
});
