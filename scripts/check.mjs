// `npm run check`: types, style and texts, without the tests.
import { main } from './lib/problem.mjs';
import { runRings } from './lib/rings.mjs';

await main(() => runRings(['check']));
