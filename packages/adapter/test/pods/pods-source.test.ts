import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLabelSelector } from '@bellows/core';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import type { PodsSourceConfig } from '../../src/config/source-config.ts';
import { createDemand } from '../../src/demand/watch-demand.ts';
import { createPodsSource, type PodsSource } from '../../src/pods/pods-source.ts';
import type { ObjectMetricRequest, ObjectMetricValue } from '../../src/source/source.ts';
import {
  APPS,
  autoscalerOf,
  AUTOSCALERS,
  scalePathOf,
  scaleWith,
} from '../fixtures/autoscalers.ts';
import { startPod } from '../fixtures/metrics-pod.ts';
import { startWatchApi, type WatchApi } from '../fixtures/watch-api.ts';

const PODS = '/api/v1/pods';
const PATIENT = { timeoutMs: 25_000 };
const SCALES = {
  ...APPS,
  [scalePathOf('web')]: scaleWith('app=web'),
  [scalePathOf('mail')]: scaleWith('app=mail'),
};
const CONFIG: PodsSourceConfig = {
  ...{ intervalMs: 100, timeoutMs: 5_000, staleAfterMs: 20_000, includeLoopback: true },
  ...{ namespaces: [], bearerTokenFiles: {} },
};

interface RunningSource extends AsyncDisposable {
  readonly source: PodsSource;
  /** The values of web's pods, as the controller asks for them. */
  read(
    metric: string,
    change?: Partial<ObjectMetricRequest>,
  ): Promise<readonly ObjectMetricValue[] | undefined>;
  /** Name and thousandths, or the reason. */
  valuesOf(metric: string, change?: Partial<ObjectMetricRequest>): Promise<string[]>;
}

async function run(api: WatchApi, change: Partial<PodsSourceConfig> = {}): Promise<RunningSource> {
  const { client } = api;
  const demand = createDemand({ client });
  const source = createPodsSource({
    name: 'pods',
    config: { ...CONFIG, ...change },
    client,
    demand,
  });
  source.start();
  source.start();
  await waitUntil('the source', () => source.isReady(), PATIENT);
  const all = parseLabelSelector('');
  const read: RunningSource['read'] = (metric, asked = {}) =>
    source.custom.read(
      {
        ...{ resource: { group: '', resource: 'pods' }, namespace: 'shop', metric },
        ...{ objectSelector: parseLabelSelector('app=web'), metricSelector: all },
        ...asked,
      },
      new AbortController().signal,
    );
  return {
    ...{ source, read },
    valuesOf: async (metric, asked) =>
      ((await read(metric, asked)) ?? []).map(({ object, value }) =>
        value.kind === 'value'
          ? `${object.name} ${value.value.toString()}`
          : `${object.name} ${value.reason}`,
      ),
    [Symbol.asyncDispose]: async () => {
      await source.stop();
      await source.stop();
      await demand.stop();
    },
  };
}

describe('the pods source', () => {
  test('gives the values of pods that an autoscaler’s target has, of metrics that it names', async () => {
    await using a = await startPod('web-a', 'queue_length 3\nother 1\n');
    await using b = await startPod('web-b', 'queue_length 4.5\n');
    await using other = await startPod('mail-a', 'queue_length 9\n', { app: 'mail' });
    await using api = await startWatchApi(
      {
        [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'])],
        [PODS]: [b.object(), a.object(), other.object()],
      },
      SCALES,
    );
    await using running = await run(api);
    const before = Date.now();
    await waitUntil(
      'values',
      async () => (await running.valuesOf('queue_length')).join() === 'web-a 3,web-b 4500m',
      PATIENT,
    );
    const [first] = (await running.read('queue_length')) ?? [];
    expect(first?.object).toEqual({
      ...{ kind: 'Pod', namespace: 'shop', name: 'web-a', uid: 'uid-web-a', apiVersion: 'v1' },
    });
    // The time of the scrape, and no window: it is a last value.
    expect(first?.windowSeconds).toBeUndefined();
    expect(first?.value.kind === 'value' && first.value.atMs).toBeGreaterThan(before - 60_000);
    expect(running.source.custom.list()).toEqual([
      { resource: { group: '', resource: 'pods' }, namespaced: true, metric: 'queue_length' },
    ]);
    // Nobody else's pods are asked, nor what nobody names.
    expect(other.asked).toBe(0);
    expect(await running.read('other')).toBeUndefined();
    expect(await running.read('queue_length', { namespace: 'elsewhere' })).toBeUndefined();
    const resource = { group: 'apps', resource: 'deployments' };
    expect(await running.read('queue_length', { resource })).toBeUndefined();
    expect(await running.valuesOf('queue_length', { name: 'web-b' })).toEqual(['web-b 4500m']);
    expect(await running.valuesOf('queue_length', { name: 'mail-a' })).toEqual([]);
    expect(running.source.families(Date.now()).map(({ name }) => name)).toContain(
      'bellows_scrape_targets',
    );
  });

  test('a rate has its window, and is there from the second scrape on', async () => {
    let count = 0;
    await using a = await startPod('web-a', '');
    Object.defineProperty(a, 'page', {
      get: () => `# TYPE http_requests_total counter\nhttp_requests_total ${(count += 50)}\n`,
    });
    await using api = await startWatchApi(
      {
        [AUTOSCALERS]: [autoscalerOf('web', ['http_requests_per_second'])],
        [PODS]: [a.object()],
      },
      SCALES,
    );
    await using running = await run(api);
    const [value] = await waitUntil(
      'a rate',
      async () => {
        const values = (await running.read('http_requests_per_second')) ?? [];
        return values[0]?.value.kind === 'value' ? values : undefined;
      },
      PATIENT,
    );
    expect(value?.windowSeconds).toBe(15);
    expect(value?.value.kind === 'value' && value.value.value.toString()).toMatch(/^\d+m?k?$/);
  });

  test('pods that end, have ended or have not begun are left out; one that is not ready is asked', async () => {
    await using a = await startPod('web-a', 'queue_length 1\n');
    await using b = await startPod('web-b', 'queue_length 2\n');
    await using c = await startPod('web-c', 'queue_length 3\n');
    await using d = await startPod('web-d', 'queue_length 4\n');
    await using e = await startPod('web-e', 'queue_length 5\n');
    await using api = await startWatchApi(
      {
        [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'])],
        [PODS]: [
          a.object({ isReady: false }),
          b.object({ deletionTimestamp: '2026-01-01T00:00:00Z' }),
          c.object({ phase: 'Succeeded' }),
          d.object({ phase: 'Pending' }),
          e.object(),
        ],
      },
      SCALES,
    );
    await using running = await run(api);
    const is = (...values: string[]): Promise<unknown> =>
      waitUntil(
        values.join(),
        async () => (await running.valuesOf('queue_length')).join() === values.join(),
        PATIENT,
      );
    await is('web-a 1', 'web-e 5');
    api.put(PODS, e.object({ deletionTimestamp: '2026-01-01T00:00:00Z' }));
    await is('web-a 1');
    api.put(PODS, d.object());
    await is('web-a 1', 'web-d 4');
    api.remove(PODS, 'web-d');
    await is('web-a 1');
    api.put(PODS, a.object({ phase: 'Failed' }));
    await is();
    // Known, with nobody to tell it: not unknown.
    expect(await running.read('queue_length')).toEqual([]);
  });

  test('missing is missing with its reason: no series, no number, no port, no answer', async () => {
    await using a = await startPod('web-a', 'other 1\n');
    await using b = await startPod('web-b', 'queue_length NaN\n');
    await using c = await startPod('web-c', 'queue_length +Inf\n');
    await using d = await startPod('web-d', 'queue_length 4\n');
    await using e = await startPod('web-e', '<html>\n');
    await using api = await startWatchApi(
      {
        [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'])],
        [PODS]: [a, b, c, d, e].map((pod) => pod.object(pod === d ? { portName: 'http' } : {})),
      },
      SCALES,
    );
    await using running = await run(api);
    await waitUntil(
      'the reasons',
      async () => {
        const values = await running.valuesOf('queue_length');
        return values.length === 5 && !values.join().includes('not scraped yet');
      },
      PATIENT,
    );
    expect(await running.valuesOf('queue_length')).toEqual([
      'web-a its page has no queue_length',
      'web-b value is NaN',
      'web-c value is Infinity',
      expect.stringMatching(/^web-d the pod names no metrics port/),
      expect.stringMatching(/^web-e .*not readable/),
    ]);
  });

  test('series are selected by their labels, and where they come from is what the annotation says', async () => {
    await using a = await startPod(
      'web-a',
      'jobs_waiting{queue="mail"} 2\njobs_waiting{queue="film"} 5\n',
    );
    const annotation = 'queue_length: {series: jobs_waiting, across: max}';
    await using api = await startWatchApi(
      {
        [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'], { annotation })],
        [PODS]: [a.object()],
      },
      SCALES,
    );
    await using running = await run(api);
    await waitUntil(
      'a value',
      async () => (await running.valuesOf('queue_length')).join() === 'web-a 5',
      PATIENT,
    );
    const only = (selector: string): Promise<string[]> =>
      running.valuesOf('queue_length', { metricSelector: parseLabelSelector(selector) });
    expect(await only('queue=mail')).toEqual(['web-a 2']);
    expect(await only('queue=none')).toEqual([
      expect.stringMatching(/^web-a none of its jobs_waiting/),
    ]);

    api.put(
      AUTOSCALERS,
      autoscalerOf('web', ['queue_length'], { annotation: 'queue_length: {as: x}' }),
    );
    await waitUntil(
      'the problem',
      () => running.source.state().some(({ problem }) => problem?.includes('Annotation') === true),
      PATIENT,
    );
    await expect(running.read('queue_length')).rejects.toThrow(
      /queue_length of shop\/web: Annotation/,
    );
  });

  test('autoscalers come and go, and so does what is scraped', async () => {
    await using a = await startPod('web-a', 'queue_length 1\nrps 2\n');
    await using api = await startWatchApi({ [AUTOSCALERS]: [], [PODS]: [a.object()] }, SCALES);
    await using running = await run(api);
    expect(await running.read('queue_length')).toBeUndefined();
    expect(a.asked).toBe(0);
    api.put(AUTOSCALERS, autoscalerOf('web', ['queue_length']));
    const is = (metric: string, text: string): Promise<unknown> =>
      waitUntil(
        text,
        async () => (await running.valuesOf(metric).catch(() => [])).join() === text,
        PATIENT,
      );
    await is('queue_length', 'web-a 1');
    api.put(AUTOSCALERS, autoscalerOf('web', ['rps']));
    await is('rps', 'web-a 2');
    expect(await running.read('queue_length')).toBeUndefined();
    api.remove(AUTOSCALERS, 'web');
    await waitUntil('nobody', async () => (await running.read('rps')) === undefined, PATIENT);
  });

  test('a target that is not there is said so, and comes later', async () => {
    await using a = await startPod('web-a', 'queue_length 1\n');
    await using api = await startWatchApi(
      { [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'])], [PODS]: [a.object()] },
      APPS,
    );
    await using running = await run(api);
    await expect(running.read('queue_length')).rejects.toMatchObject({
      code: 'ERR_ADAPTER_SOURCE',
      message: expect.stringMatching(
        /shop\/web: the scale of Deployment web cannot be read/,
      ) as string,
    });
    api.answer(scalePathOf('web'), scaleWith('app=web'));
    await waitUntil(
      'a value',
      async () => (await running.valuesOf('queue_length').catch(() => [])).join() === 'web-a 1',
      PATIENT,
    );
    expect(running.source.state()).toEqual([
      { part: 'autoscalers' },
      { part: 'pods' },
      { part: 'shop/web' },
    ]);
  });

  test('what may not be read is said, and the source is ready to say it', async () => {
    await using api = await startWatchApi({}, SCALES);
    api.forbid(AUTOSCALERS, PODS);
    await using running = await run(api);
    const problems = running.source.state().map(({ problem }) => problem);
    expect(problems).toEqual([
      expect.stringMatching(/autoscalers cannot be read/),
      expect.stringMatching(/Forbidden/),
    ]);
  });

  test('a token is sent to the pods of its namespace, and to no others', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'token');
    await writeFile(file, 'secret\n');
    await using a = await startPod('web-a', 'queue_length 1\n');
    await using b = await startPod('web-b', 'queue_length 1\n', { namespace: 'other' });
    const autoscalers = [
      autoscalerOf('web', ['queue_length']),
      { ...autoscalerOf('web2', ['queue_length'], { namespace: 'other' }) },
    ];
    await using api = await startWatchApi(
      { [AUTOSCALERS]: autoscalers, [PODS]: [a.object(), b.object()] },
      { ...SCALES, [scalePathOf('web2', 'other')]: scaleWith('app=web') },
    );
    await using running = await run(api, { bearerTokenFiles: { shop: file } });
    await waitUntil('both', () => a.asked > 0 && b.asked > 0, PATIENT);
    expect([a.authorization, b.authorization]).toEqual(['Bearer secret', undefined]);
    expect(running.source.name).toBe('pods');
  });

  test('an address of this machine is not scraped unless it is asked to', async () => {
    await using a = await startPod('web-a', 'queue_length 1\n');
    await using api = await startWatchApi(
      { [AUTOSCALERS]: [autoscalerOf('web', ['queue_length'])], [PODS]: [a.object()] },
      SCALES,
    );
    await using running = await run(api, { includeLoopback: false });
    await waitUntil(
      'the reason',
      async () =>
        (await running.valuesOf('queue_length'))
          .join()
          .includes('127.0.0.1 is none that pods have'),
      PATIENT,
    );
    expect(a.asked).toBe(0);
  });
});
