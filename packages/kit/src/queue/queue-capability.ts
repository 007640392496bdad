import { BellowsError } from '@bellows/core';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { normalizeQueueOptions } from './queue-limits.ts';
import { QueueMetricFamilies } from './queue-metrics.ts';

/** Bounded queues, which are drained with the requests. */
export function createQueues({
  registry,
  drainables,
  changes,
}: KitContext): Pick<Kit, 'createQueue'> {
  const metrics = new QueueMetricFamilies(registry);
  const names = new Set<string>();
  return {
    createQueue: (options, work) => {
      const limits = normalizeQueueOptions(options);
      if (names.has(limits.name)) {
        throw new BellowsError(
          'ERR_KIT_OPTION',
          `Expected \`name\` of a queue to be free, got \`${limits.name}\``,
          { place: { field: 'name' }, remedy: 'Create each queue once, under a name of its own.' },
        );
      }
      names.add(limits.name);
      const queue = new BoundedQueue(work, limits, metrics.forQueue(limits.name), () => {
        changes.ring();
      });
      drainables.add(queue);
      return queue;
    },
  };
}
