import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { leavesToOthers } from '../../src/server/metric-answer.ts';
import type { Source } from '../../src/source/source.ts';
import { memorySource } from '../fixtures/memory-source.ts';
import { startTestServer } from '../fixtures/metrics-server.ts';

const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1/namespaces/ns';
const DOWN = new BellowsError('ERR_ADAPTER_SOURCE', 'Prometheus: cannot be reached');

/** Rules whose Prometheus is down; what was listed before stays listed. */
function downSource(...listed: readonly string[]): Source {
  const resource = { group: '', resource: 'pods' };
  return memorySource({
    name: 'down',
    custom: {
      list: () => listed.map((metric) => ({ resource, namespaced: true, metric })),
      read: () => Promise.reject(DOWN),
    },
    external: { list: () => listed, read: () => Promise.reject(DOWN) },
  });
}

describe('an error of an earlier source', () => {
  test('keeps no later one from answering what the earlier does not list', async () => {
    await using server = await startTestServer({ sources: [downSource(), memorySource()] });
    expect((await server.ask(`${CUSTOM}/*/rps`)).status).toBe(200);
    expect((await server.ask(`${EXTERNAL}/lag`)).status).toBe(200);
    expect(server.reports.map(({ source }) => source)).toEqual(['memory', 'memory']);
  });

  test('is told when no other has the metric', async () => {
    await using server = await startTestServer({ sources: [downSource(), memorySource()] });
    for (const path of [`${CUSTOM}/*/other`, `${EXTERNAL}/other`]) {
      const answer = await server.ask(path);
      expect(answer.status).toBe(500);
      expect(answer.json()['message']).toContain('Prometheus: cannot be reached');
    }
  });

  test('is the answer for what it lists, since the same name elsewhere may be another metric', async () => {
    const sources = [downSource('rps', 'lag'), memorySource()];
    await using server = await startTestServer({ sources });
    expect((await server.ask(`${CUSTOM}/*/rps`)).status).toBe(500);
    expect((await server.ask(`${EXTERNAL}/lag`)).status).toBe(500);
  });
});

test('only an error of a source leaves a metric to others', () => {
  expect(leavesToOthers(DOWN, 'lag', [])).toBe(true);
  expect(leavesToOthers(DOWN, 'lag', ['lag'])).toBe(false);
  expect(leavesToOthers(new BellowsError('ERR_ADAPTER_QUERY', 'no query'), 'lag', [])).toBe(false);
  expect(leavesToOthers(new Error('a mistake'), 'lag', [])).toBe(false);
});

test('values below 0 that became 0 are reported', async () => {
  await using server = await startTestServer();
  await server.ask(`${EXTERNAL}/debt`);
  await server.ask(`${EXTERNAL}/lag`);
  expect(server.reports.map(({ clampedValues }) => clampedValues)).toEqual([1, 0]);
});
