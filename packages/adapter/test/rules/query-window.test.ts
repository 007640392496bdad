import { expect, test } from 'vitest';
import { queryWindowSeconds } from '../../src/rules/query-window.ts';

test.each([
  ['sum(rate(x{a="b"}[5m])) by (pod)', 300],
  ['rate(x[1m30s]) / rate(y[ 1m30s ])', 90],
  ['max_over_time(rate(x[1m])[1m:15s])', 60],
  ['sum(x) by (pod)', undefined],
  ['rate(x[5m]) / rate(y[1m])', undefined],
  ['rate(x[500ms])', undefined],
  ['x{a="[5m]"} + rate(y[1h])', 3600],
  [String.raw`x{a="\"[5m]"}`, undefined],
  ['x[nonsense]', undefined],
])('of %s', (query, windowSeconds) => {
  expect(queryWindowSeconds(query)).toBe(windowSeconds);
});
