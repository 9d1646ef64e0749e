/** Entry of the result page. */
import { startPage } from '../shell/pageElement.ts';
import { ResultPage } from './page.ts';

startPage(ResultPage);
