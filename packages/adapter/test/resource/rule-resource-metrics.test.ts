import { parseLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import type { ResourceUsage } from '../../src/api/resource-metrics.ts';
import type { ResourceMetrics } from '../../src/source/source.ts';
import {
  PATIENT,
  pod,
  ready,
  rulesOf,
  startRulesSource,
  type RulesSourceTest,
} from '../fixtures/rules-source.ts';
import {
  startScriptedPrometheus,
  type Labels,
  type ScriptedPrometheus,
} from '../fixtures/scripted-prometheus.ts';

const RULES = rulesOf(`
resourceRules:
  cpu:
    containerQuery: 'cpu{<<.LabelMatchers>>} by (<<.GroupBy>>)'
    nodeQuery: 'cpu{<<.LabelMatchers>>,id="/"} by (<<.GroupBy>>)'
    resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}, instance: {resource: node}}}
    containerLabel: container
  memory:
    containerQuery: 'memory{<<.LabelMatchers>>} by (<<.GroupBy>>)'
    nodeQuery: 'memory{<<.LabelMatchers>>,id="/"} by (<<.GroupBy>>)'
    resources: {overrides: {namespace: {resource: namespace}, pod: {resource: pod}, instance: {resource: node}}}
    containerLabel: container
  window: 5m
`);

type Samples = readonly (readonly [Labels, string])[];

/** Answers queries about CPU and memory. */
function answerWith(prometheus: ScriptedPrometheus, cpu: Samples, memory: Samples): void {
  prometheus.answer = (query) => (query.startsWith('cpu') ? cpu : memory);
}

function metricsOf({ source }: RulesSourceTest): ResourceMetrics {
  if (source.resource === undefined) throw new Error('there are no resource metrics');
  return source.resource;
}

/** CPU and memory as they are written; nothing for what is not known. */
function text(usage: ResourceUsage | undefined): string {
  return [usage?.cpu, usage?.memory].join(' ');
}

const ALL = { namespace: '', labelSelector: parseLabelSelector('') };
const of = (container: string, name = 'web-1'): Labels => ({ pod: name, container });

test('answers usage of the containers of pods, by namespace', async () => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(
    prometheus,
    [
      [of('app'), '0.25'],
      [of('side'), '0.001'],
    ],
    [
      [of('app'), '1048576'],
      [of('side'), '2048'],
    ],
  );
  await using its = await startRulesSource(prometheus.url, RULES, {
    pods: [pod('web-1'), pod('web-2', 'mall')],
  });
  await ready(its);
  const [found, ...others] = await metricsOf(its).pods(ALL, PATIENT);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ name: 'web-1', namespace: 'shop', windowNs: 300_000_000_000n });
  expect(found?.containers.map(({ name, usage }) => [name, text(usage)])).toEqual([
    ['app', '250m 1Mi'],
    ['side', '1m 2Ki'],
  ]);
  expect(prometheus.queries().sort()).toEqual([
    'cpu{namespace="mall",pod="web-2"} by (pod,container)',
    'cpu{namespace="shop",pod="web-1"} by (pod,container)',
    'memory{namespace="mall",pod="web-2"} by (pod,container)',
    'memory{namespace="shop",pod="web-1"} by (pod,container)',
  ]);
  expect(await metricsOf(its).pods({ ...ALL, name: 'other' }, PATIENT)).toEqual([]);
});

test.each([
  ['NaN', 'NaN'],
  ['infinite', '+Inf'],
  ['negative', '-1'],
])('leaves out usage that is %s, since it is not known', async (_, value) => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(prometheus, [[of('app'), value]], [[of('app'), '1024']]);
  await using its = await startRulesSource(prometheus.url, RULES, { pods: [pod('web-1')] });
  await ready(its);
  const [found] = await metricsOf(its).pods(ALL, PATIENT);
  expect(found?.containers).toMatchObject([{ name: 'app' }]);
  expect(text(found?.containers[0]?.usage)).toBe(' 1Ki');
});

test('leaves out the other pod of a pair with half the labels', async () => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(
    prometheus,
    [
      [{ container: 'app' }, '1'],
      [{ pod: 'web-2' }, '1'],
    ],
    [],
  );
  await using its = await startRulesSource(prometheus.url, RULES);
  await ready(its);
  const found = await metricsOf(its).pods(ALL, PATIENT);
  expect(found.map(({ name, containers }) => [name, containers[0]?.name])).toEqual([['web-2', '']]);
});

test('leaves a namespace out that cannot be read, and says so when none can', async () => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(prometheus, [[of('app'), '1']], [[of('app'), '1']]);
  prometheus.intercept = ({ parameters }, response) => {
    if (!(parameters.get('query') ?? '').includes('mall')) return false;
    response.writeHead(500, { 'content-type': 'text/html' }).end('<html>');
    return true;
  };
  const pods = [pod('web-1'), pod('web-2', 'mall')];
  await using its = await startRulesSource(prometheus.url, RULES, { pods });
  await ready(its);
  expect(await metricsOf(its).pods(ALL, PATIENT)).toMatchObject([{ name: 'web-1' }]);
  expect(its.logged.map(([, message]) => message)).toContain('usage of pods cannot be read');
  const mall = { ...ALL, namespace: 'mall' };
  await expect(metricsOf(its).pods(mall, PATIENT)).rejects.toThrow(/answered status 500/);
});

test('answers usage of nodes', async () => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(prometheus, [[{ instance: 'node-1' }, '1.5']], [[{ instance: 'node-1' }, '1024']]);
  await using its = await startRulesSource(prometheus.url, RULES);
  await ready(its);
  const found = await metricsOf(its).nodes(ALL, PATIENT);
  expect(found).toMatchObject([{ name: 'node-1', namespace: '' }]);
  expect(text(found[0]?.usage)).toBe('1500m 1Ki');
  expect(prometheus.queries().sort()).toEqual([
    'cpu{instance="node-1",id="/"} by (instance)',
    'memory{instance="node-1",id="/"} by (instance)',
  ]);
  expect(await metricsOf(its).nodes({ ...ALL, name: 'node-2' }, PATIENT)).toEqual([]);
});

test('takes what is not known for 0 where upstream does', async () => {
  await using prometheus = await startScriptedPrometheus();
  answerWith(prometheus, [[of('app'), 'NaN']], [[of('side'), '-4']]);
  await using its = await startRulesSource(prometheus.url, RULES, { compatibility: 'strict' });
  await ready(its);
  const [found, ...others] = await metricsOf(its).pods(ALL, PATIENT);
  expect(others).toEqual([]);
  expect(found?.containers.map(({ usage }) => text(usage))).toEqual([...['0 0', '0 0']]);
});

test('says which rule cannot be used', async () => {
  await using prometheus = await startScriptedPrometheus();
  const { rules, externalRules, resourceRules } = RULES;
  if (resourceRules === undefined) throw new Error('there are no resource rules');
  const { memory } = resourceRules;
  const broken = { ...memory, resources: { template: '', overrides: {} } };
  await using its = await startRulesSource(prometheus.url, {
    ...{ rules, externalRules },
    resourceRules: { ...resourceRules, memory: broken },
  });
  await ready(its);
  await expect(metricsOf(its).pods(ALL, PATIENT)).rejects.toMatchObject({
    code: 'ERR_ADAPTER_RULE',
    place: { field: 'resourceRules.memory' },
  });
});
