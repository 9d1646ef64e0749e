/** 3 GiB by every mode whose calls move a buffer at a time. */
import { findMode } from '../../src/model/modes/catalogue.ts';
import { everyWay } from '../native/addon.ts';
import { moveThreeGib } from '../native/threeGib.ts';

moveThreeGib(everyWay().filter(({ mode }) => findMode(mode)?.chunk === 'buffer'));
