import { parseLabelSelector } from '@bellows/core';
import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { discoveryOf } from '../fixtures/cluster-discovery.ts';
import { RATE, SERIES } from '../fixtures/rate-rules.ts';
import {
  ofPods,
  PATIENT,
  pod,
  ready,
  rulesOf,
  startRulesSource,
} from '../fixtures/rules-source.ts';
import { startScriptedPrometheus } from '../fixtures/scripted-prometheus.ts';

const LONG = { timeoutMs: 60_000 };

test('lists, and answers by selector and by name with the time and the window of the samples', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.answer = () => [
    [{ pod: 'web-1' }, '1.5'],
    [{ pod: 'web-2' }, 'NaN'],
    [{ pod: 'web-9' }, '7'],
  ];
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  const { custom } = its.source;
  expect(custom?.list().map(({ resource, metric }) => [resource.resource, metric])).toEqual([
    ['namespaces', 'http_requests_per_second'],
    ['pods', 'http_requests_per_second'],
  ]);
  const values = await custom?.read(ofPods('http_requests_per_second'), PATIENT);
  expect(values).toMatchObject([
    {
      object: { kind: 'Pod', apiVersion: 'v1', namespace: 'shop', name: 'web-1' },
      value: { kind: 'value' },
      windowSeconds: 120,
    },
    { object: { name: 'web-2' }, value: { kind: 'missing', reason: 'value is NaN' } },
  ]);
  const [first] = values ?? [];
  expect(first?.value.kind === 'value' && first.value.value.toString()).toBe('1500m');
  const selector = parseLabelSelector('code=500');
  const one = ofPods('http_requests_per_second', { name: 'web.3', metricSelector: selector });
  expect(await custom?.read(one, PATIENT)).toMatchObject([
    { object: { name: 'web.3' }, value: { kind: 'missing' } },
  ]);
  expect(prometheus.queries()).toEqual([
    'sum(rate(http_requests_total{namespace="shop",pod=~"web-1|web-2"}[2m])) by (pod)',
    'sum(rate(http_requests_total{code="500",namespace="shop",pod="web.3"}[2m])) by (pod)',
  ]);
});

test('answers external metrics with their labels', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('queue_depth', [{ __name__: 'queue_depth', queue: 'a' }]);
  prometheus.answer = () => [
    [{ queue: 'a' }, '3'],
    [{ queue: 'b' }, '+Inf'],
  ];
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  const { external } = its.source;
  expect(external?.list()).toEqual(['queue_depth']);
  const read = { metric: 'queue_depth', namespace: 'shop', selector: parseLabelSelector('') };
  expect(await external?.read(read, PATIENT)).toMatchObject([
    { labels: { queue: 'a' }, value: { kind: 'value' } },
    { labels: { queue: 'b' }, value: { kind: 'missing', reason: 'value is Infinity' } },
  ]);
  expect(await external?.read({ ...read, metric: 'other' }, PATIENT)).toBeUndefined();
});

test('keeps a rule that cannot be used, or listed, from harming the others', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.intercept = ({ parameters }, response) => {
    if (parameters.get('match[]') !== 'broken') return false;
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
    return true;
  };
  const rules = rulesOf(`
rules:
- {seriesQuery: a, resources: {overrides: {x: {resource: gizmos}}}, metricsQuery: x}
- {seriesQuery: b, seriesFilters: [{is: "("}], resources: {template: "<<.Resource>>"}, metricsQuery: x}
- {seriesQuery: broken, resources: {template: "<<.Resource>>"}, metricsQuery: x}
${RATE.replace('rules:', '').trim()}
`);
  await using its = await startRulesSource(prometheus.url, rules);
  await ready(its);
  expect(its.source.custom?.list()).toHaveLength(2);
  const state = its.source.state();
  expect(state.map(({ part }) => part)).toEqual([
    ...['rules[0]', 'rules[1]', 'rules[2]', 'rules[3]', 'externalRules[0]'],
  ]);
  expect(state[0]?.problem).toContain('gizmos');
  expect(state[1]?.problem).toContain('RE2');
  expect(state[2]?.problem).toContain('502');
  expect(state[3]).not.toHaveProperty('problem');
  expect(its.logged.map(([, message]) => message)).toContain('a rule cannot be used');
});

test('uses a rule as soon as the cluster has the resource that it names', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('boats', [{ __name__: 'boats', boat: 'x' }]);
  const rules = rulesOf(`
rules: [{seriesQuery: boats, resources: {overrides: {boat: {resource: boats}}}, metricsQuery: x}]
`);
  await using its = await startRulesSource(prometheus.url, rules, { discoveryIntervalMs: 20 });
  await ready(its);
  expect(its.source.custom?.list()).toEqual([]);
  expect(its.source.state()[0]?.problem).toContain('boats');
  its.api.answer('/apis', discoveryOf('example.com', 'boats'));
  await waitUntil('the rule is used', () => its.source.custom?.list().length === 1, LONG);
  expect(its.source.state()[0]).not.toHaveProperty('problem');
});

test('lists each seriesQuery once, however many rules have it', async () => {
  await using prometheus = await startScriptedPrometheus();
  const rule = '{seriesQuery: same, resources: {template: "<<.Resource>>"}, metricsQuery: x}';
  const rules = rulesOf(`{rules: [${rule}, ${rule}], externalRules: [${rule}]}`);
  await using its = await startRulesSource(prometheus.url, rules);
  await ready(its);
  const asked = prometheus.questions.filter(({ path }) => path.endsWith('/series'));
  expect(asked).toHaveLength(1);
});

test('finds an unknown metric on demand, and looks for each name once in a while', async () => {
  await using prometheus = await startScriptedPrometheus();
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  const { custom } = its.source;
  const request = ofPods('http_requests_per_second');
  expect(await custom?.read(request, PATIENT)).toBeUndefined();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  const asked = prometheus.questions.length;
  expect(await custom?.read(request, PATIENT)).toBeUndefined();
  expect(prometheus.questions).toHaveLength(asked);
  const other = ofPods('http_requests_per_second', { namespace: 'mall' });
  expect(await custom?.read(other, PATIENT)).toEqual([]);
  expect(await custom?.read(request, PATIENT)).toHaveLength(2);
});

test('keeps a metric that was asked for when a list misses it', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.series.set('queue_depth', [{ __name__: 'queue_depth' }]);
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE), { relistIntervalMs: 50 });
  await ready(its);
  const { custom, external } = its.source;
  await custom?.read(ofPods('http_requests_per_second'), PATIENT);
  prometheus.series.clear();
  await waitUntil('a list without queue_depth', () => external?.list().length === 0, LONG);
  const listed = prometheus.questions.length;
  await waitUntil('two lists more', () => prometheus.questions.length > listed + 4, LONG);
  expect(custom?.list()).toHaveLength(2);
});

test('asks for each namespace as a tenant of its own, and named backends for their rules', async () => {
  await using main = await startScriptedPrometheus();
  await using tenants = await startScriptedPrometheus();
  tenants.series.set('http_requests_total{namespace!=""}', SERIES);
  const { createPrometheusClient } = await import('../../src/prometheus/prometheus-client.ts');
  const client = createPrometheusClient({
    url: tenants.url,
    headers: [['X-Scope-OrgID', 'everybody']],
  });
  const { rules, externalRules } = rulesOf(RATE);
  const backed = rules.map((rule) => ({ ...rule, backend: 'mimir' }));
  const lost = externalRules.map((rule) => ({ ...rule, backend: 'lost' }));
  await using its = await startRulesSource(main.url, {
    rules: backed,
    externalRules: lost,
    backends: { mimir: { client, tenantHeader: 'X-Scope-OrgID' } },
  });
  await ready(its);
  await its.source.custom?.read(ofPods('http_requests_per_second'), PATIENT);
  const asked = tenants.questions
    .filter(({ path }) => !path.endsWith('buildinfo'))
    .map(({ path, headers }) => [path, headers['x-scope-orgid']]);
  expect(asked).toEqual([
    ['/api/v1/series', 'everybody'],
    ['/api/v1/query', 'shop'],
  ]);
  expect(main.questions).toEqual([]);
  expect(its.source.state()[1]?.problem).toContain('lost');
  client.close();
});

test('puts no query of more than 8 KiB for thousands of pods', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.answer = (query) =>
    [...query.matchAll(/[:|]([a-z0-9]{5})(?=[|)])/g)].map(([, suffix = '']) => [
      { pod: `web-7d9f8c6b5-${suffix}` },
      '1',
    ]);
  const suffix = (index: number): string => index.toString(36).padStart(5, '0');
  const pods = Array.from({ length: 3000 }, (_, index) => pod(`web-7d9f8c6b5-${suffix(index)}`));
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE), { pods });
  await ready(its);
  const values = await its.source.custom?.read(ofPods('http_requests_per_second'), PATIENT);
  expect(values?.filter(({ value }) => value.kind === 'value')).toHaveLength(3000);
  const lengths = prometheus.queries().map((query) => query.length);
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(8192);
});

test('refuses keys that are no labels of Prometheus 2, and quotes them for Prometheus 3', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  const metricSelector = parseLabelSelector('example.com/queue=a');
  const request = ofPods('http_requests_per_second', { metricSelector });
  {
    await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
    await ready(its);
    await expect(its.source.custom?.read(request, PATIENT)).rejects.toMatchObject({
      code: 'ERR_ADAPTER_QUERY',
      message: expect.stringContaining('example.com/queue') as string,
    });
  }
  prometheus.version = '3.5.0';
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  await its.source.custom?.read(request, PATIENT);
  expect(prometheus.queries()).toEqual([
    expect.stringContaining('{"example.com/queue"="a",namespace="shop"'),
  ]);
});

test('does as upstream where that is asked for', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.answer = () => [[{ pod: 'web.1' }, 'NaN']];
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE), {
    compatibility: 'strict',
    now: () => 5,
    pods: [pod('web.1'), pod('web.2')],
  });
  await ready(its);
  const [first] =
    (await its.source.custom?.read(ofPods('http_requests_per_second'), PATIENT)) ?? [];
  expect(first).toMatchObject({ object: { name: 'web.1' }, value: { kind: 'value', atMs: 5 } });
  expect(first).not.toHaveProperty('windowSeconds');
  expect(prometheus.queries()[0]).toContain('pod=~"web.1|web.2"');
});

test('serves new rules when their series are listed, and the old ones until then', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  prometheus.series.set('fresh', [{ __name__: 'fresh' }]);
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  const before = its.source.custom?.list().length;
  let answer: (() => void) | undefined;
  prometheus.intercept = ({ parameters }, response) => {
    if (parameters.get('match[]') !== 'fresh') return false;
    answer = () => response.end('{"status":"success","data":[{"__name__":"fresh"}]}');
    return true;
  };
  const replaced = its.source.replaceRules(
    rulesOf('externalRules: [{seriesQuery: fresh, metricsQuery: fresh}]'),
  );
  await waitUntil('the new list', () => answer !== undefined, LONG);
  expect(its.source.custom?.list()).toHaveLength(before ?? Number.NaN);
  answer?.();
  await replaced;
  expect(its.source.custom).toBeUndefined();
  expect(its.source.external?.list()).toEqual(['fresh']);
  expect(its.source.state()).toHaveLength(1);
});

test('asks the same question once for all who ask at the same time', async () => {
  await using prometheus = await startScriptedPrometheus();
  prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
  await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
  await ready(its);
  const { custom } = its.source;
  await custom?.read(ofPods('http_requests_per_second'), PATIENT);
  const waiting: (() => void)[] = [];
  prometheus.intercept = (_question, response) => {
    waiting.push(() =>
      response.end('{"status":"success","data":{"resultType":"vector","result":[]}}'),
    );
    return true;
  };
  const asked = prometheus.questions.length;
  const reads = Array.from({ length: 5 }, async () =>
    custom?.read(ofPods('http_requests_per_second'), PATIENT),
  );
  await waitUntil('the question', () => waiting.length > 0, LONG);
  for (const answer of waiting) answer();
  expect((await Promise.all(reads)).map((values) => values?.length)).toEqual([2, 2, 2, 2, 2]);
  expect(prometheus.questions).toHaveLength(asked + 1);
});

test('says that a metric cannot be known while its rule was never listed', async () => {
  await using its = await startRulesSource('http://127.0.0.1:1', rulesOf(RATE));
  await ready(its);
  const read = its.source.custom?.read(ofPods('http_requests_per_second'), PATIENT);
  await expect(read).rejects.toMatchObject({
    code: 'ERR_ADAPTER_SOURCE',
    message: 'Prometheus: cannot be reached (ECONNREFUSED)',
  });
});
