import { readFileSync } from 'node:fs';
import { waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { RULES, startAdapter, VALUE, type RunningAdapter } from '../fixtures/running-adapter.ts';
import {
  startScriptedPrometheus,
  type ScriptedPrometheus,
} from '../fixtures/scripted-prometheus.ts';

const PATIENT = { timeoutMs: 40_000 };
const REFERENCE = new URL('../../../../docs/reference/adapter.md', import.meta.url);

async function startQueue(): Promise<ScriptedPrometheus> {
  const prometheus = await startScriptedPrometheus();
  const labels = { namespace: 'shop', pod: 'web-1' };
  prometheus.series.set('queue{namespace!="",pod!=""}', [{ __name__: 'queue', ...labels }]);
  prometheus.answer = () => [[labels, '3']];
  return prometheus;
}

const isReady = async (adapter: RunningAdapter): Promise<boolean> =>
  (await adapter.ask('/readyz')).status === 200;

// On a machine that compiles beside, a start takes many seconds.
describe('an adapter', { timeout: 120_000 }, () => {
  test('answers from a rule, and its page of metrics has what its reference lists', async () => {
    await using prometheus = await startQueue();
    await using running = await startAdapter(prometheus.url, RULES);
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    expect((await running.ask(VALUE)).json()).toMatchObject({ items: [{ value: '3' }] });
    const { text } = await running.ask('/metrics');
    expect(text).toMatch(
      /prometheus_adapter_prometheus_client_request_duration_seconds_count\{path="\/api\/v1\/query",server="http:\/\/127\.0\.0\.1:\d+"\} 1\n/,
    );
    expect(text).toMatch(/bellows_adapter_relist_duration_seconds\{.*rule="rules\[0\]"\} \d/);
    expect(text).toContain('bellows_adapter_config_last_reload_success 1\n');
    const reference = readFileSync(REFERENCE, 'utf8');
    const served = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    expect(served.filter((name) => !reference.includes(`\`${name}\``))).toEqual([]);
  });

  test('logs requests to Prometheus when it is told to, and no credentials', async () => {
    await using prometheus = await startQueue();
    const url = prometheus.url.replace('//', '//user:secret-word@');
    await using running = await startAdapter(url, RULES, { logQueries: true });
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    await running.ask(VALUE);
    const lines = running.logged.filter((line) => line.includes('Prometheus was asked'));
    expect(lines.join('\n')).toContain('sum(queue{');
    expect(running.logged.join('\n')).not.toContain('secret-word');
  });

  test('counts what a rule could not answer, by its error', async () => {
    await using prometheus = await startQueue();
    await using running = await startAdapter(prometheus.url, RULES);
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    prometheus.intercept = (_question, response) => {
      response.writeHead(503).end('down');
      return true;
    };
    expect((await running.ask(VALUE)).status).toBe(500);
    expect((await running.ask('/metrics')).text).toContain(
      'bellows_adapter_rule_errors_total{source="prometheus",rule="rules[0]",reason="ERR_ADAPTER_SOURCE"} 1\n',
    );
  });

  test('takes other sources from the file without a new start, and lets go of those before', async () => {
    await using prometheus = await startQueue();
    await using running = await startAdapter(prometheus.url, RULES);
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    const has = async (part: string): Promise<boolean> =>
      (await running.ask('/metrics')).text.includes(part);
    await running.configure(`${RULES}sources:\n  - name: scraped\n    pods: {}\n`);
    await waitUntil('the pods', () => has('source_ready{source="scraped"}'), PATIENT);
    expect(await has('bellows_scrape_targets{source="scraped"} 0')).toBe(true);
    await running.configure(RULES);
    await waitUntil('no pods', async () => !(await has('source="scraped"')), PATIENT);
    expect((await running.ask(VALUE)).json()).toMatchObject({ items: [{ value: '3' }] });
  });

  test('keeps what it has when the file says what is not valid', async () => {
    await using prometheus = await startQueue();
    await using running = await startAdapter(prometheus.url, RULES);
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    await running.configure('rules: 3\n');
    const isOld = async (): Promise<boolean> =>
      (await running.ask('/metrics')).text.includes('config_last_reload_success 0\n');
    await waitUntil('the file is refused', isOld, PATIENT);
    expect((await running.ask(VALUE)).json()).toMatchObject({ items: [{ value: '3' }] });
  });

  test('refuses to start in strict mode with a rule that cannot be used', async () => {
    await using prometheus = await startQueue();
    const broken = RULES.replace('<<.GroupBy>>', '<<.GroupBy');
    await expect(
      startAdapter(prometheus.url, broken, { rules: { compatibility: 'strict' } }),
    ).rejects.toMatchObject({ place: { line: 2 } });
    await using running = await startAdapter(prometheus.url, broken);
    await waitUntil('it is ready all the same', () => isReady(running), PATIENT);
  });

  test('fails readiness first, and answers what is under way before it ends', async () => {
    await using prometheus = await startQueue();
    await using running = await startAdapter(prometheus.url, RULES, {
      server: { host: '127.0.0.1', port: 0, shutdownDelayMs: 5_000, shutdownGraceMs: 60_000 },
    });
    await waitUntil('it is ready', () => isReady(running), PATIENT);
    const held: (() => void)[] = [];
    prometheus.intercept = (_question, response) => {
      const vector = {
        resultType: 'vector',
        result: [{ metric: { pod: 'web-1' }, value: [1, '4'] }],
      };
      held.push(() => response.end(JSON.stringify({ status: 'success', data: vector })));
      return true;
    };
    const answer = running.ask(VALUE);
    await waitUntil('it is under way', () => held.length > 0, PATIENT);
    const stopped = running.adapter.stop();
    expect((await running.ask('/readyz')).status).not.toBe(200);
    expect((await running.ask('/livez')).status).toBe(200);
    for (const release of held) release();
    expect((await answer).json()).toMatchObject({ items: [{ value: '4' }] });
    await stopped;
    await expect(running.ask('/livez')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
