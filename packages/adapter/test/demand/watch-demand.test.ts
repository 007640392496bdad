import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createDemand, type Demand } from '../../src/demand/watch-demand.ts';
import { autoscalerOf, AUTOSCALERS } from '../fixtures/autoscalers.ts';
import { startWatchApi } from '../fixtures/watch-api.ts';

const PATIENT = { timeoutMs: 20_000 };
const namesIn = (demand: Demand): string[] =>
  demand
    .list()
    .map(
      ({ namespace, name, metrics }) =>
        `${namespace}/${name} ${metrics.map((one) => one.name).join()}`,
    )
    .sort();

test('autoscalers come, change and go, and each news is told', async () => {
  await using api = await startWatchApi({ [AUTOSCALERS]: [autoscalerOf('web', ['rps'])] });
  const demand = createDemand({ client: api.client });
  expect(demand.problem()).toMatch(/not been read yet/);
  let told: string[] = [];
  const forget = demand.onChange(() => (told = namesIn(demand)));
  const isTold = (...names: string[]): Promise<unknown> =>
    waitUntil(names.join(), () => told.join(' ') === names.join(' '), PATIENT);
  try {
    await demand.start();
    expect(demand.problem()).toBeUndefined();
    expect(namesIn(demand)).toEqual(['shop/web rps']);
    await isTold('shop/web rps');
    api.put(AUTOSCALERS, autoscalerOf('web', ['rps', 'queue']));
    await isTold('shop/web rps,queue');

    // The controller writes the status again and again: that is no news.
    const [before] = demand.list();
    api.put(AUTOSCALERS, { ...autoscalerOf('web', ['rps', 'queue']), ...{ status: { x: 2 } } });
    api.put(AUTOSCALERS, autoscalerOf('mail', ['lag']));
    await isTold('shop/mail lag', 'shop/web rps,queue');
    expect(demand.list()).toContain(before);

    forget();
    api.remove(AUTOSCALERS, 'web');
    await waitUntil('the end', () => namesIn(demand).join() === 'shop/mail lag', PATIENT);
  } finally {
    await demand.stop();
    await demand.stop();
  }
});

test('one that may not be read says so, and is there as soon as it may', async () => {
  await using api = await startWatchApi({ [AUTOSCALERS]: [autoscalerOf('web', ['rps'])] });
  api.forbid(AUTOSCALERS);
  const failures: unknown[] = [];
  const demand = createDemand({ client: api.client, failed: (error) => failures.push(error) });
  try {
    await demand.start();
    expect(demand.problem()).toMatch(/cannot be read: .*Forbidden/);
    expect(failures).not.toEqual([]);
    api.forbid();
    await waitUntil('the right', () => demand.problem() === undefined, PATIENT);
    expect(namesIn(demand)).toEqual(['shop/web rps']);
  } finally {
    await demand.stop();
  }
});

test('only the namespaces that are named are asked for', async () => {
  const path = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers';
  await using api = await startWatchApi({ [path]: [autoscalerOf('web', ['rps'])] });
  const demand = createDemand({ client: api.client, namespaces: ['shop', 'shop'] });
  try {
    await demand.start();
    expect(namesIn(demand)).toEqual(['shop/web rps']);
    expect(new Set(api.paths)).toEqual(new Set([path]));
  } finally {
    await demand.stop();
  }
});
