import { listenForPrimary } from '../cluster/member-listener.ts';
import { MetricsView } from './metrics-view.ts';
import { createAdminHandler } from './admin-handler.ts';
import { listenForAdmin } from './admin-listener.ts';
import type { AdminListener } from './start-listening.ts';
import type { AdminParts } from './admin-thread.ts';

/**
 * Serves probes and metrics from the main thread, where they wait for the loop. Rejects with Node's error when
 * it cannot listen.
 * @param port - 0 takes a free one.
 */
export async function startAdminOnMain(parts: AdminParts, port: number): Promise<AdminListener> {
  const { config, control, checks, journal } = parts;
  const metrics = new MetricsView(journal.entries);
  const unfollow = journal.follow((entry) => {
    metrics.apply(entry);
  });
  const catchUp = (): void => undefined;
  const handler = createAdminHandler({
    config,
    control,
    checks,
    metrics,
    onWorker: false,
    startDrain: () => {
      control.requestDrain(process.hrtime.bigint());
      setImmediate(parts.onDrain);
    },
    catchUp,
  });
  try {
    const listener = await (config.memberSocket === undefined
      ? listenForAdmin(handler, config.host, port)
      : listenForPrimary(handler, config.memberSocket));
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
