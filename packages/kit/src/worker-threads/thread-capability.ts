import { threadId } from 'node:worker_threads';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { startHeartbeat, type HeartbeatTimer } from '../memory/heartbeat.ts';
import { followThreadExits } from './follow-thread-exits.ts';
import { openThreadChannel, type ThreadChannel } from './thread-message.ts';

/**
 * Makes the kit of a worker thread a part of its process': its memory is read by the process' admin thread, and it
 * drains when the main thread does. It has no admin port and gets no signals.
 */
export function joinMainThread(
  context: KitContext,
  { drain, stop }: Pick<Kit, 'drain' | 'stop'>,
): Pick<Kit, 'adminAddress'> {
  const { control, registry } = context;
  const thread = threadId;
  let channel: ThreadChannel | undefined;
  let heartbeat: HeartbeatTimer | undefined;
  let unfollow: (() => void) | undefined;
  let unfollowExits: (() => void) | undefined;
  const sayHere = (): void => {
    const journal = [...registry.journal.entries];
    channel?.post({ kind: 'here', thread, control: control.buffer, journal });
  };
  context.onStart(() => {
    heartbeat = startHeartbeat(control);
    unfollowExits = followThreadExits();
    channel = openThreadChannel(({ kind }) => {
      if (kind === 'who') sayHere();
      else if (kind === 'drain') void drain('the main thread').then(stop);
    });
    sayHere();
    unfollow = registry.journal.follow((entry) => {
      channel?.post({ kind: 'entry', thread, entry });
    });
  });
  context.onStop(() => {
    heartbeat?.stop();
    unfollow?.();
    unfollowExits?.();
    channel?.post({ kind: 'gone', thread });
    channel?.close();
    channel = undefined;
  });
  return { adminAddress: undefined };
}
