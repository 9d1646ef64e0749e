/** Entry of the result page. */
import * as l10n from '@vscode/l10n';
import { ResultPage } from './page.ts';

const bundle = document.getElementById('l10n')?.textContent;
if (bundle) l10n.config({ contents: bundle });
customElements.define('zcl-page', ResultPage);
