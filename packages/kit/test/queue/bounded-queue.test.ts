import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { BoundedQueue } from '../../src/queue/bounded-queue.ts';
import { normalizeQueueOptions } from '../../src/queue/queue-limits.ts';
import type { QueueMetrics, QueueOutcome } from '../../src/queue/queue-metrics.ts';
import type { QueueOptions } from '../../src/queue/queue.ts';

interface Held {
  readonly item: string;
  readonly signal: AbortSignal;
  readonly finish: () => void;
  readonly fail: (error: Error) => void;
}

const UNSEEN: QueueMetrics = {
  count: () => undefined,
  countFetchFailure: () => undefined,
  showWaiting: () => undefined,
  showRunning: () => undefined,
  showConcurrency: () => undefined,
};

/** The work on an item, once it has begun: in this turn of the loop or a later one. */
function begun(held: readonly Held[], index: number): Promise<Held> {
  return waitUntil(`item ${index} to begin`, () => held[index]);
}

/** A queue whose items end when the test says so. */
function hold(options: Partial<QueueOptions<string>> = {}): {
  queue: BoundedQueue<string>;
  held: Held[];
  counts: Partial<Record<QueueOutcome, number>>;
  shown: () => { length: number; oldest: number | undefined };
} {
  const held: Held[] = [];
  const counts: Partial<Record<QueueOutcome, number>> = {};
  let shown: { length: number; oldest: number | undefined } = { length: 0, oldest: undefined };
  const queue = new BoundedQueue<string>(
    (item, signal) =>
      new Promise((resolve, reject) => {
        held.push({ item, signal, finish: resolve, fail: reject });
      }),
    normalizeQueueOptions<string>({ name: 'mail', ...options }),
    {
      ...UNSEEN,
      count: (outcome) => (counts[outcome] = (counts[outcome] ?? 0) + 1),
      showWaiting: (length, oldest) => (shown = { length, oldest }),
    },
    () => undefined,
  );
  return { queue, held, counts, shown: () => shown };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('BoundedQueue', () => {
  test('works on as many items at once as it may, in the order they came', async () => {
    const { queue, held, shown } = hold({ concurrency: 2 });
    const pushed = ['a', 'b', 'c', 'd'].map((item) => queue.push(item));
    await begun(held, 1);
    expect(held.map(({ item }) => item)).toEqual(['a', 'b']);
    expect([queue.running, queue.length]).toEqual([2, 2]);
    expect(shown().length).toBe(2);
    expect(shown().oldest).toBeGreaterThan(0);
    held[1]!.finish();
    await pushed[1];
    await begun(held, 2);
    expect(held.map(({ item }) => item)).toEqual(['a', 'b', 'c']);
    for (const at of [0, 2]) held[at]!.finish();
    await pushed[2];
    (await begun(held, 3)).finish();
    await Promise.all(pushed);
    expect(shown()).toEqual({ length: 0, oldest: undefined });
    expect([queue.running, queue.length]).toEqual([0, 0]);
  });

  test('refuses an item when it is full, and takes one again when there is room', async () => {
    const { queue, held, counts } = hold({ maxLength: 1 });
    const first = queue.push('a');
    const second = queue.push('b');
    await expect(queue.push('c')).rejects.toMatchObject({ code: 'ERR_KIT_QUEUE_FULL' });
    held[0]!.finish();
    await first;
    (await begun(held, 1)).finish();
    await second;
    const third = queue.push('d');
    (await begun(held, 2)).finish();
    await third;
    expect(counts).toEqual({ full: 1, completed: 3 });
  });

  test('can have no room to wait at all', async () => {
    const { queue, held } = hold({ maxLength: 0 });
    const first = queue.push('a');
    await expect(queue.push('b')).rejects.toMatchObject({ code: 'ERR_KIT_QUEUE_FULL' });
    held[0]!.finish();
    await first;
  });

  test('passes on what the work throws, also at once, and goes on', async () => {
    const { queue, held, counts } = hold();
    const first = queue.push('a');
    const second = queue.push('b');
    held[0]!.fail(new Error('no such address'));
    await expect(first).rejects.toThrow('no such address');
    (await begun(held, 1)).finish();
    await second;
    expect(counts).toEqual({ failed: 1, completed: 1 });
    const throwing = new BoundedQueue<string>(
      () => {
        throw new Error('at once');
      },
      normalizeQueueOptions({ name: 'x' }),
      UNSEEN,
      () => undefined,
    );
    await expect(throwing.push('a')).rejects.toThrow('at once');
  });

  test('gives an item up that has waited for too long, and no other', async () => {
    const { queue, held, counts } = hold({ maxWaitSeconds: 0.05 });
    const running = queue.push('a');
    // The queue's own timer keeps no process alive.
    const alive = setTimeout(() => undefined, 5_000);
    await expect(queue.push('b')).rejects.toMatchObject({ code: 'ERR_KIT_QUEUE_TIMEOUT' });
    clearTimeout(alive);
    held[0]!.finish();
    await running;
    expect(counts).toEqual({ timed_out: 1, completed: 1 });
    expect(queue.length).toBe(0);
  });

  test('takes nothing more when it refuses, but ends what it has', async () => {
    const { queue, held, counts } = hold();
    const first = queue.push('a');
    queue.refuse();
    await expect(queue.push('b')).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    held[0]!.finish();
    await first;
    expect(counts).toEqual({ draining: 1, completed: 1 });
  });

  test('aborts what runs by its signal and refuses what waits; what heeds the signal is not cut', async () => {
    const { queue, held, counts } = hold({ concurrency: 2 });
    const [heeds, ignores, waits] = ['a', 'b', 'c'].map((item) => queue.push(item));
    await begun(held, 1);
    held[0]!.signal.addEventListener('abort', held[0]!.finish);
    queue.abort(new Error('time is up'));
    await expect(waits).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    await heeds;
    expect(held[1]!.signal.aborted).toBe(true);
    expect(queue.abandon()).toBe(2);
    await expect(ignores).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    held[1]!.finish();
    await settled();
    expect(counts).toEqual({ completed: 1, aborted: 2 });
    expect(queue.pending).toBe(0);
  });

  test('keeps its order over thousands of items', async () => {
    const seen: number[] = [];
    const queue = new BoundedQueue<number>(
      async (item) => {
        seen.push(item);
        await settled();
      },
      normalizeQueueOptions({ name: 'x', concurrency: 7, maxLength: 10_000 }),
      UNSEEN,
      () => undefined,
    );
    const items = Array.from({ length: 5_000 }, (_, index) => index);
    await Promise.all(items.map((item) => queue.push(item)));
    expect(seen).toEqual(items);
  });
});
