/** Entry of the page of words and myths. */
import { startPage } from '../shell/pageElement.ts';
import { LearnPage } from './page.ts';

startPage(LearnPage);
