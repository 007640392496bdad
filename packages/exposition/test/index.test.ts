import { expect, test } from 'vitest';
import * as exposition from '../src/index.ts';

test('@bellows/exposition exports exactly what is listed here', () => {
  expect(Object.keys(exposition).toSorted()).toMatchInlineSnapshot(`
    [
      "DEFAULT_EXPOSITION_LIMITS",
      "EXPOSITION_CONTENT_TYPE",
      "formatFloat",
      "formatOpenMetricsFloat",
      "parseExposition",
      "readExposition",
      "writeExposition",
    ]
  `);
});
