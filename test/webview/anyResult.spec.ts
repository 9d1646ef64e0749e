// Whatever the schema of results allows is shown, and does nothing else: no error, no script, nothing from elsewhere.
import fc from 'fast-check';
import * as v from 'valibot';
import { resultSchema } from '../../src/model/result/result.ts';
import { anyOf } from '../anyDocument.ts';
import { complete } from './fixtures.ts';
import { expect, resultState, test } from './pageTest.ts';

const DOCUMENTS = 60;
/** Another one with ZCL_SEED=NUMBER, to go on looking. */
const SEED = Number(process.env['ZCL_SEED'] ?? 7);

test('any valid result is shown', async ({ resultPage, page }) => {
  const documents = fc.sample(anyOf(resultSchema), { numRuns: DOCUMENTS, seed: SEED });
  await resultPage.open(complete());
  for (const [index, document] of documents.entries()) {
    const state = resultState(v.parse(resultSchema, document));
    const fileName = `any-${index}.zcresult.json`;
    await resultPage.answer({ ...state, fileName } as typeof state);
    await resultPage.post({ type: 'stale' });
    await expect(
      resultPage.root.locator('h1, [data-part="file-name"]').first(),
      `document ${index} of seed ${SEED}`,
    ).toBeVisible();
    await expect(resultPage.root, `document ${index} of seed ${SEED}`).toContainText(fileName);
  }
  await expect(page).toHaveTitle('Zero-copy benchmark');
});
