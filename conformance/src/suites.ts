import type { Suite } from './suite.ts';
import { quantitySuite } from './suites/quantity.ts';

/** All suites, in the order they run in: a suite is a file in `suites/` and a line here. */
export const SUITES: readonly Suite[] = [quantitySuite];
