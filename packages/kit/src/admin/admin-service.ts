import { listenForPrimary } from '../cluster/member-listener.ts';
import { Members } from '../cluster/members.ts';
import { Threads } from '../worker-threads/threads.ts';
import { createAdminHandler, type AdminSources } from './admin-handler.ts';
import { listenForAdmin } from './admin-listener.ts';
import type { AdminListener } from './start-listening.ts';

/** What a thread that serves is given. */
export interface AdminServiceParts extends Omit<
  AdminSources,
  'members' | 'threads' | 'startDrain'
> {
  /** Told when the drain was asked for, which the control block says by then. */
  readonly onDrain: () => void;
  /** Told of a child of the cluster that is stuck. */
  readonly onStuck: (pid: number) => void;
}

/**
 * Serves probes and metrics from this thread, whichever it is: of this process with all its threads and, in a primary,
 * of its children. Rejects with Node's error when it cannot listen.
 */
export async function startAdminService(parts: AdminServiceParts): Promise<AdminListener> {
  const { config, control, onDrain, onStuck } = parts;
  const members =
    config.membersFolder === undefined
      ? undefined
      : new Members({ folder: config.membersFolder, stallMs: config.livenessStallMs, onStuck });
  const threads = new Threads();
  const handler = createAdminHandler({
    ...parts,
    members,
    threads,
    startDrain: () => {
      control.requestDrain(process.hrtime.bigint());
      onDrain();
    },
  });
  const listener = await (config.memberSocket === undefined
    ? listenForAdmin(handler, config.host, config.port)
    : listenForPrimary(handler, config.memberSocket));
  members?.start();
  threads.start();
  return {
    port: listener.port,
    close: async () => {
      members?.stop();
      threads.stop();
      await listener.close();
    },
  };
}
