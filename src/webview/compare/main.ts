/** Entry of the page of a comparison. */
import { startPage } from '../shell/pageElement.ts';
import { ComparePage } from './page.ts';

startPage(ComparePage);
