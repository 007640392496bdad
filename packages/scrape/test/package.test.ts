import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as scrape from '../src/index.ts';

test('@bellows/scrape exports exactly what is listed here', () => {
  expect(Object.keys(scrape).toSorted()).toEqual([
    'SCRAPE_FAILURE_REASONS',
    'createKubernetesTargets',
    'createResourceMetrics',
    'createScraper',
    'podEndpoint',
    'podTarget',
  ]);
});

test('docs/reference/scrape.md tells every reason of a failure, in order, and no other', () => {
  const page = readFileSync(new URL('../../../docs/reference/scrape.md', import.meta.url), 'utf8');
  const [, section = ''] = page.split('## A scrape\n');
  const [table = ''] = (section.split('| reason ')[1] ?? '').split('\n\n');
  const told = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, reason]) => reason);
  expect(told).toEqual(scrape.SCRAPE_FAILURE_REASONS);
});
