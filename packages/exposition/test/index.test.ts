import { expect, test } from 'vitest';
import * as exposition from '../src/index.ts';

test('@bellows/exposition exports exactly what is listed here', () => {
  expect(Object.keys(exposition).toSorted()).toMatchInlineSnapshot(`
    [
      "DEFAULT_EXPOSITION_LIMITS",
      "OFFERED_VERSIONS",
      "SCRAPE_ACCEPT",
      "TEXT_FORMAT",
      "contentTypeOf",
      "createExpositionStream",
      "createPageReader",
      "encodeExposition",
      "formatFloat",
      "formatOpenMetricsFloat",
      "histogramSamples",
      "negotiateFormat",
      "parseExposition",
      "parseFloatText",
      "readContentType",
      "readExposition",
      "syntaxOf",
      "writeExposition",
    ]
  `);
});

test("the README's example gives what it says", () => {
  const page = '# TYPE up gauge\nup{pod="web-1"} 1\n';
  const families = exposition.parseExposition(page);
  expect(families).toEqual([
    { name: 'up', type: 'gauge', samples: [{ name: 'up', labels: { pod: 'web-1' }, value: 1 }] },
  ]);
  expect(exposition.writeExposition(families)).toBe(page);
});
