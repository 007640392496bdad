import type { ServerResponse } from 'node:http';
import { parseLabelSelector } from '@bellows/core';
import { machineHas, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { startPrometheus } from '../fixtures/prometheus.ts';
import { RATE, SERIES } from '../fixtures/rate-rules.ts';
import { ofPods, PATIENT, ready, rulesOf, startRulesSource } from '../fixtures/rules-source.ts';
import { startScriptedPrometheus, writeSeries } from '../fixtures/scripted-prometheus.ts';
import { startSlowLink } from '../fixtures/slow-link.ts';

const LONG = { timeoutMs: 60_000 };
const RULES = rulesOf(RATE);

describe('when Prometheus is ill', () => {
  const html = '<html><body>login</body></html>';
  const endless = `{"status":"success","data":"${'x'.repeat(1024)}`;

  test.each<readonly [string, (response: ServerResponse) => void, RegExp]>([
    [
      'answers HTML',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
      /is not its JSON/,
    ],
    ['answers HTML with a status', (response) => response.writeHead(502).end(html), /status 502/],
    [
      'refuses the query',
      (response) => {
        response.writeHead(422);
        response.end('{"status":"error","errorType":"execution","error":"secret{query}"}');
      },
      /^Prometheus: refused the query \(execution\)$/,
    ],
    [
      'answers more than 50 MB',
      (response) => {
        const more = (): void => {
          while (response.write(endless));
        };
        response.on('drain', more);
        more();
      },
      /more than 52428800 bytes/,
    ],
    [
      'answers a matrix',
      (response) => response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}'),
      /got a matrix/,
    ],
    ['breaks off', (response) => response.socket?.destroy(), /cannot be reached \(ECONNRESET\)/],
  ])('and %s, the metric is an error and the rest goes on', async (_, answer, message) => {
    await using prometheus = await startScriptedPrometheus();
    prometheus.series.set('http_requests_total{namespace!=""}', SERIES);
    prometheus.series.set('queue_depth', [{ __name__: 'queue_depth' }]);
    prometheus.answer = () => [[{}, '3']];
    prometheus.intercept = ({ parameters }, response) => {
      const isIll = parameters.get('query')?.includes('http_requests') === true;
      if (isIll) answer(response);
      return isIll;
    };
    await using its = await startRulesSource(prometheus.url, RULES);
    await ready(its);
    const { custom, external } = its.source;
    const failed = custom?.read(ofPods('http_requests_per_second'), PATIENT);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/127\.0\.0\.1|secret/);
    const read = { metric: 'queue_depth', namespace: 'shop', selector: parseLabelSelector('') };
    expect(await external?.read(read, PATIENT)).toMatchObject([{ value: { kind: 'value' } }]);
    prometheus.intercept = undefined;
    expect(await custom?.read(ofPods('http_requests_per_second'), PATIENT)).toHaveLength(2);
  });

  test('and its clock is off by an hour, series are asked for by its clock', async () => {
    await using prometheus = await startScriptedPrometheus();
    const hourMs = 3_600_000;
    prometheus.intercept = (_question, response) => {
      response.setHeader('date', new Date(Date.now() - hourMs).toUTCString());
      return false;
    };
    await using its = await startRulesSource(prometheus.url, rulesOf(RATE));
    await ready(its);
    const [asked] = prometheus.questions.filter(({ path }) => path.endsWith('/series'));
    const startMs = Number(asked?.parameters.get('start')) * 1000;
    const expectedMs = Date.now() - 600_000 - hourMs;
    expect(Math.abs(startMs - expectedMs)).toBeLessThan(hourMs / 2);
  });

  test('and a rule matches everything, what is kept are shapes and no values', async () => {
    await using prometheus = await startScriptedPrometheus();
    prometheus.intercept = ({ path }, response) => {
      if (!path.endsWith('/series')) return false;
      void writeSeries(response, 100_000);
      return true;
    };
    const rules = rulesOf(`
rules: [{seriesQuery: '{__name__!=""}', resources: {template: "<<.Resource>>"}, metricsQuery: x}]
`);
    await using its = await startRulesSource(prometheus.url, rules);
    await ready(its);
    expect(its.source.custom?.list()).toHaveLength(2 * 500);
    expect(its.source.state()[0]).not.toHaveProperty('problem');
  });
});

describe.runIf(machineHas('prometheus'))('beside a real Prometheus', () => {
  test('bounds the wait for one that is slow, and reads on when it is not', async () => {
    await using prometheus = await startPrometheus();
    await using link = await startSlowLink(prometheus.url);
    const rules = rulesOf(`
externalRules: [{seriesQuery: up, resources: {namespaced: false}, metricsQuery: sum(up)}]
`);
    await using its = await startRulesSource(link.url, rules, { queryTimeoutMs: 500 });
    await ready(its);
    const { external } = its.source;
    const read = { metric: 'up', namespace: 'shop', selector: parseLabelSelector('') };
    await waitUntil('the list', () => external?.list().length === 1, LONG);
    link.pause();
    await expect(external?.read(read, PATIENT)).rejects.toThrow(/no answer within 500 ms/);
    const given = new AbortController();
    const aborted = external?.read(read, given.signal);
    given.abort(new Error('gave up'));
    await expect(aborted).rejects.toThrow('gave up');
    link.resume();
    const answer = await waitUntil(
      'an answer',
      () => external?.read(read, PATIENT).catch(() => undefined),
      LONG,
    );
    expect(answer).toMatchObject([{ value: { kind: 'value' } }]);
  });

  test('recovers by itself when Prometheus is back, and never loses its list', async () => {
    const rules = rulesOf(`
externalRules:
- {seriesQuery: 'up{job="self"}', resources: {namespaced: false}, metricsQuery: '<<.Series>>{<<.LabelMatchers>>}'}
`);
    const first = await startPrometheus();
    await using its = await startRulesSource(first.url, rules, {
      ...{ relistIntervalMs: 200, maxAgeMs: 60_000, maxBackOffMs: 200 },
    });
    await ready(its);
    const { external } = its.source;
    const read = { metric: 'up', namespace: 'shop', selector: parseLabelSelector('job=self') };
    expect(await external?.read(read, PATIENT)).toMatchObject([{ value: { kind: 'value' } }]);
    await first[Symbol.asyncDispose]();
    await waitUntil('the loss is seen', () => its.source.state()[0]?.problem !== undefined, LONG);
    expect(external?.list()).toEqual(['up']);
    await expect(external?.read(read, PATIENT)).rejects.toThrow(/cannot be reached/);
    await using again = await startPrometheus(Number(new URL(first.url).port));
    await waitUntil('the list is back', () => its.source.state()[0]?.problem === undefined, LONG);
    expect(again.url).toBe(first.url);
    expect(await external?.read(read, PATIENT)).toMatchObject([{ value: { kind: 'value' } }]);
  });
});
