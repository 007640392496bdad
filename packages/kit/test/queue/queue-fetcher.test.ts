import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { serve } from '../fixtures/serve.ts';

describe('a queue that fetches', () => {
  test('fetches from the start on, and no faster than it works', async () => {
    await using served = await serve();
    let fetched = 0;
    const finish: (() => void)[] = [];
    const queue = served.kit.queue<number>(
      { name: 'jobs', concurrency: 2, fetch: () => Promise.resolve((fetched += 1)) },
      () => new Promise<void>((resolve) => finish.push(resolve)),
    );
    await waitUntil('two at work', () => finish.length === 2);
    expect([queue.running, queue.length, fetched]).toEqual([2, 0, 2]);
    finish.shift()!();
    await waitUntil('a third', () => finish.length === 2);
    expect(fetched).toBe(3);
    for (const end of finish) end();
  });

  test('is told to stop fetching first of all when the drain begins, and ends what it has', async () => {
    await using served = await serve(undefined, { drainDelaySeconds: 60 });
    let isTold = false;
    let finish: (() => void) | undefined;
    const items = [1];
    served.kit.queue<number>(
      {
        name: 'jobs',
        concurrency: 2,
        fetch: (signal) =>
          items.length > 0
            ? Promise.resolve(items.pop())
            : new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () => {
                  isTold = true;
                  reject(signal.reason as Error);
                });
              }),
      },
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await waitUntil('one at work', () => finish !== undefined);
    const drained = served.kit.drain();
    expect(isTold).toBe(true);
    finish!();
    expect(await served.metrics()).toContain('queue_fetch_failures_total{queue="jobs"} 0');
    await served.kit.stop();
    expect(await drained).toMatchObject({ aborted: 0 });
  });

  test('counts a fetch that throws, ends nothing, and fetches again', async () => {
    await using served = await serve();
    let fetches = 0;
    served.kit.queue<number>(
      {
        name: 'jobs',
        fetch: () => {
          fetches += 1;
          return Promise.reject(new Error('broker gone'));
        },
      },
      () => Promise.resolve(),
    );
    await waitUntil('a second fetch', () => fetches === 2);
    await waitUntil('both to be counted', async () =>
      (await served.metrics()).includes('queue_fetch_failures_total{queue="jobs"} 2'),
    );
  });
});
