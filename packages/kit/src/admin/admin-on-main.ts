import { startAdminService } from './admin-service.ts';
import type { AdminParts } from './admin-thread.ts';
import { MetricsView } from './metrics-view.ts';
import type { AdminListener } from './start-listening.ts';

/**
 * Serves probes and metrics from the main thread, where they wait for the loop. Rejects with Node's error when
 * it cannot listen.
 * @param port - 0 takes a free one.
 */
export async function startAdminOnMain(parts: AdminParts, port: number): Promise<AdminListener> {
  const { config, control, checks, journal, onDrain, onStuck } = parts;
  const metrics = new MetricsView(journal.entries);
  const unfollow = journal.follow((entry) => {
    metrics.apply(entry);
  });
  try {
    const listener = await startAdminService({
      config: { ...config, port },
      control,
      checks,
      metrics,
      onWorker: false,
      onDrain: () => {
        setImmediate(onDrain);
      },
      onStuck: (pid) => onStuck?.(pid),
      catchUp: () => undefined,
    });
    const close = async (): Promise<void> => {
      unfollow();
      await listener.close();
    };
    return { port: listener.port, close };
  } catch (error) {
    unfollow();
    throw error;
  }
}
