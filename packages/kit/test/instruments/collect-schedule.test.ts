import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { createFailureLog } from '../../src/failure-log.ts';
import { CollectSchedule } from '../../src/instruments/collect-schedule.ts';

interface Trial {
  readonly schedule: CollectSchedule;
  readonly failed: string[];
  readonly said: string[];
}

function createSchedule(tasks: Readonly<Record<string, () => unknown>>): Trial {
  const failed: string[] = [];
  const said: string[] = [];
  const schedule = new CollectSchedule({
    intervalMs: 60_000,
    failures: createFailureLog((line) => said.push(line)),
    onError: (metric) => failed.push(metric),
  });
  schedule.add({
    tasks: () => Object.entries(tasks).map(([metric, run]) => ({ metric, run })),
  });
  return { schedule, failed, said };
}

test('a collect that throws or rejects is counted each time, said once, and stops no other', async () => {
  let good = 0;
  const { schedule, failed, said } = createSchedule({
    throws: () => {
      throw new Error('no');
    },
    rejects: () => Promise.reject(new Error('not now')),
    good: () => (good += 1),
  });
  for (let round = 0; round < 3; round += 1) await schedule.round();
  expect(good).toBe(3);
  expect(failed.sort()).toEqual(['rejects', 'rejects', 'rejects', 'throws', 'throws', 'throws']);
  expect(said).toEqual(['collecting throws failed: no', 'collecting rejects failed: not now']);
});

test('a collect that rejects with a promise of another library is counted, too', async () => {
  const thenable = {
    then: (_resolve: unknown, reject: (reason: Error) => void) => {
      reject(new Error('elsewhere'));
    },
  };
  const { schedule, failed } = createSchedule({ foreign: () => thenable });
  await schedule.round();
  await waitUntil('the failure', () => failed.includes('foreign'));
});

test('a source that fails as a whole is counted, and the others are asked', async () => {
  const { schedule, failed } = createSchedule({});
  let asked = 0;
  schedule.add({
    tasks: () => {
      throw new Error('no list');
    },
  });
  schedule.add({ tasks: () => [{ metric: 'good', run: () => (asked += 1) }] });
  await schedule.round();
  expect(failed).toEqual(['a registry']);
  expect(asked).toBe(1);
});

test('a collect that does not end is not begun again, and counted as failing', async () => {
  let begun = 0;
  const { schedule, failed } = createSchedule({
    hangs: () => {
      begun += 1;
      return new Promise(() => undefined);
    },
  });
  await schedule.round();
  await schedule.round();
  await schedule.round();
  expect(begun).toBe(1);
  expect(failed).toEqual(['hangs', 'hangs']);
});

test('the event loop turns between two of them', async () => {
  const order: string[] = [];
  const { schedule } = createSchedule({
    first: () => {
      order.push('first');
      setImmediate(() => order.push('turn'));
    },
    second: () => order.push('second'),
  });
  await schedule.round();
  expect(order).toEqual(['first', 'turn', 'second']);
});

test('nothing is begun after the stop', async () => {
  const begun: string[] = [];
  const trial: Trial = createSchedule({
    first: () => {
      begun.push('first');
      trial.schedule.stop();
    },
    second: () => begun.push('second'),
  });
  await trial.schedule.start();
  expect(begun).toEqual(['first']);
});
