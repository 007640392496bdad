import { expect, test } from 'vitest';
import { logQuery } from '../../src/self/log-query.ts';

test('says what was asked and how long it took', () => {
  const lines: unknown[] = [];
  logQuery((...line) => lines.push(line), {
    ...{ path: '/api/v1/query', server: 'http://prometheus:9090', durationMs: 12.345 },
    ...{ parameters: new URLSearchParams({ query: 'up' }), error: undefined },
  });
  const fields = { server: 'http://prometheus:9090', path: '/api/v1/query', durationMs: 12.3 };
  expect(lines).toEqual([
    ['info', 'Prometheus was asked', { ...fields, parameters: { query: 'up' } }],
  ]);
});
