import { expect, test } from './host.ts';
import { glossaryCommand, mythsCommand, walkthroughTitle } from './names.ts';
import { testOutput } from './places.ts';

test('the walkthrough in four steps, and the page of words and myths', async ({ window, workspace }) => {
  const { walkthrough, palette, result } = window;
  await window.open(workspace.folder);

  await test.step('each step of the walkthrough has its picture', async () => {
    await walkthrough.open(walkthroughTitle);
    await expect(walkthrough.steps).toHaveCount(4);
    for (const [index, title] of ['Run a', 'Read the page', 'See which', 'Keep, repeat'].entries()) {
      await walkthrough.step(title).click();
      // Black is what is not drawn in the colours of the theme.
      await expect(walkthrough.picture.locator('rect').first()).toHaveCSS('fill', /^(?!rgb\(0, 0, 0\)).*/);
      await window.page.screenshot({ path: testOutput(`walkthrough-${index + 1}.png`) });
    }
    await window.closeAllEditors();
  });

  await test.step('words and myths share a page, which comes back where its reader had left it', async () => {
    await palette.run(glossaryCommand);
    await expect(result.learn).toHaveAttribute('data-section', 'glossary');
    await palette.run(mythsCommand);
    await expect(result.learn).toHaveAttribute('data-section', 'myths');
    await expect(window.tabs).toHaveCount(1);
    await window.page.screenshot({ path: testOutput('myths.png') });
    await result.learn.getByRole('tab', { name: 'Glossary' }).click();
    await expect(result.learn).toHaveAttribute('data-section', 'glossary');
    await window.reload();
    await expect(result.learn).toHaveAttribute('data-section', 'glossary');
  });
});
