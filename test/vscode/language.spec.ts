import { expect, test } from './host.ts';
import { testOutput } from './places.ts';

test.use({ language: 'zh-cn' });

const HAN = /\p{Script=Han}/u;

test('in a VS Code that speaks Chinese, commands, questions, the run and its page do as well', async ({
  window,
  workspace,
}) => {
  const { palette, result } = window;
  await window.open(workspace.folder);

  await test.step('a command has its title in Chinese, and is found by the English one', async () => {
    await palette.expectCommand('零拷贝: 运行零拷贝基准测试');
    await palette.expectFound('Run zero-copy benchmark', '零拷贝: 运行零拷贝基准测试');
    await window.page.screenshot({ path: testOutput('palette-zh-cn.png') });
  });

  await test.step('it asks, measures and tells in Chinese', async () => {
    await palette.run('零拷贝: 运行零拷贝基准测试');
    await palette.expectPlaceholder('字节送往何处？');
    await palette.accept('文件到文件');
    await palette.expectPlaceholder('测量多少？');
    await palette.accept('quick');
    await result.expectStatus('complete', 120_000);
    await expect(result.heading).toHaveText('文件到文件');
    // A sentence of the bench process.
    await expect(result.finding).toContainText(HAN);
    await expect(result.root.locator('xpath=ancestor::html')).toHaveAttribute('lang', 'zh-cn');
    await window.page.screenshot({ path: testOutput('page-zh-cn.png') });
  });
});
