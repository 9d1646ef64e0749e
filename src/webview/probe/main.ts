/** Entry of the page of a probe. */
import { startPage } from '../shell/pageElement.ts';
import { ProbePage } from './page.ts';

startPage(ProbePage);
