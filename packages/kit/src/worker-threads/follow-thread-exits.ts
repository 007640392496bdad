import type { Worker } from 'node:worker_threads';
import { openThreadChannel } from './thread-message.ts';

/**
 * Tells all threads with a kit when a thread has ended that this one makes from now on: one that is terminated, or dies,
 * does not say so itself, and would look like one that is stuck.
 * @returns a function that ends this.
 */
export function followThreadExits(): () => void {
  const onWorker = (worker: Worker): void => {
    // It has none any more when it has ended.
    const { threadId: thread } = worker;
    worker.once('exit', () => {
      const channel = openThreadChannel(() => undefined);
      channel.post({ kind: 'gone', thread });
      channel.close();
    });
  };
  process.on('worker', onWorker);
  return () => {
    process.off('worker', onWorker);
  };
}
