/** 3 GiB by the modes that move all they can in one call, and by the baseline; the others: test/soak/large.test.ts. */
import { findMode } from '../../src/model/modes/catalogue.ts';
import { everyWay } from './addon.ts';
import { moveThreeGib } from './threeGib.ts';

moveThreeGib(everyWay().filter(({ mode }) => mode === 'read-write' || findMode(mode)?.chunk === 'whole'));
