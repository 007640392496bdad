import { parseLabelSelector } from '@bellows/core';
import { expect, test } from 'vitest';
import { readDemand } from '../../src/demand/autoscaler-demand.ts';
import type { ScaleSelector, ScaleTarget } from '../../src/demand/scale-selectors.ts';
import { namesPods, planScrapes } from '../../src/pods/scrape-plan.ts';
import { autoscalerOf } from '../fixtures/autoscalers.ts';

const known = ({ reference }: ScaleTarget): ScaleSelector => ({
  ...{ kind: 'known', text: '' },
  selector: parseLabelSelector(`app=${reference.name}`),
});
const demandOf = (...parameters: Parameters<typeof autoscalerOf>): ReturnType<typeof readDemand> =>
  readDemand(autoscalerOf(...parameters));

test('of a pod is wanted what the autoscalers of its namespace that select it name', () => {
  const plan = planScrapes(
    [demandOf('web', ['rps']), demandOf('mail', ['lag']), demandOf('cpu', [])],
    known,
  );
  expect([...plan.queriesOf('shop', { app: 'web' }).values()]).toEqual([{ name: 'rps' }]);
  expect(plan.selects('shop', { app: 'mail' })).toBe(true);
  expect(plan.selects('shop', { app: 'cpu' })).toBe(false);
  expect(plan.selects('other', { app: 'web' })).toBe(false);
  expect(plan.queriesOf('other', { app: 'web' }).size).toBe(0);
  expect(plan.groups.map(({ part }) => part)).toEqual(['shop/mail', 'shop/web']);
});

test('of two autoscalers of one pod, the first by name says where a metric comes from', () => {
  const all = (): ScaleSelector => ({
    kind: 'known',
    text: '',
    selector: parseLabelSelector('app'),
  });
  const plan = planScrapes(
    [
      demandOf('b', ['rps', 'lag'], { annotation: 'rps: {series: b}' }),
      demandOf('a', ['rps'], { annotation: 'rps: {series: a}' }),
    ],
    all,
  );
  const queries = plan.queriesOf('shop', { app: 'x' });
  expect(queries.get('rps')).toEqual({ name: 'rps', source: { series: 'a' } });
  expect(queries.get('lag')).toEqual({ name: 'lag' });
});

test('what cannot be read correctly is not scraped by guess', () => {
  const broken = demandOf('web', ['rps'], { annotation: 'rps: {as: rat}' });
  const unknown: ScaleSelector = { kind: 'unknown', problem: 'nobody knows' };
  const [first] = planScrapes([broken], known).groups;
  expect(first).toMatchObject({
    selector: undefined,
    problem: expect.stringContaining('rat') as string,
  });
  const plan = planScrapes([demandOf('web', ['rps'])], () => unknown);
  expect(plan.groups[0]).toMatchObject({ selector: undefined, problem: 'nobody knows' });
  expect(plan.selects('shop', { app: 'web' })).toBe(false);
});

test('an autoscaler by processor time alone names no pods', () => {
  expect(namesPods(demandOf('web', []))).toBe(false);
  expect(namesPods(demandOf('web', ['rps']))).toBe(true);
});
