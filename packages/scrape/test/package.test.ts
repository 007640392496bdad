import { expect, test } from 'vitest';
import * as scrape from '../src/index.ts';

test('@bellows/scrape exports exactly what is listed here', () => {
  expect(Object.keys(scrape).toSorted()).toEqual([
    'createKubernetesTargets',
    'createResourceMetrics',
    'createScraper',
    'podEndpoint',
    'podTarget',
  ]);
});
