import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { invalidOption } from '../options/read-options.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { normalizeQueueOptions } from './queue-limits.ts';

/** Bounded queues, which are drained with the requests. */
export function createQueues({
  queueMetrics,
  drainables,
  changes,
  started,
}: KitContext): Pick<Kit, 'queue'> {
  return {
    queue: (options, work) => {
      const limits = normalizeQueueOptions(options);
      if (typeof (work as unknown) !== 'function') {
        throw invalidOption(`queue ${limits.name}`, 'work', 'a function', work);
      }
      const queue = new BoundedQueue(work, limits, queueMetrics.forQueue(limits.name), () => {
        changes.ring();
      });
      drainables.add(queue);
      started.when(() => {
        queue.start();
      });
      return queue;
    },
  };
}
