import type { KitContext } from '../kit-context.ts';
import type { Drainable } from '../drain/drainable.ts';
import { ControlBlock } from '../memory/control-block.ts';
import { followThreadExits } from './follow-thread-exits.ts';
import { openThreadChannel, type ThreadChannel } from './thread-message.ts';

/** Makes the worker threads that have a kit part of the main thread's drain. */
export function drainThreads(context: KitContext): void {
  const threads = new ThreadsDrainable(() => {
    context.changes.ring();
  });
  context.drainables.add(threads);
  let unfollow: (() => void) | undefined;
  context.onStart(() => {
    threads.open();
    unfollow = followThreadExits();
  });
  context.onStop(() => {
    unfollow?.();
    threads.close();
  });
}

/** Worker threads with a kit as work of the main thread: each drains itself when told, and says when it has. */
class ThreadsDrainable implements Drainable {
  readonly #onChange: () => void;
  readonly #threads = new Map<number, ControlBlock>();
  #channel: ThreadChannel | undefined;
  #ended = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  open(): void {
    this.#channel = openThreadChannel((message) => {
      if (message.kind === 'here') {
        this.#threads.set(message.thread, new ControlBlock(message.control));
      } else if (message.kind === 'gone' && this.#threads.delete(message.thread)) {
        this.#ended += 1;
        this.#onChange();
      }
    });
    this.#channel.post({ kind: 'who' });
  }

  close(): void {
    this.#channel?.close();
  }

  /** Threads that serve: one that was terminated has said nothing, and its heart has stopped. */
  get pending(): number {
    const nowNs = process.hrtime.bigint();
    const isAlive = ({ phase, heartbeat }: ControlBlock): boolean =>
      phase !== 'closed' && nowNs - heartbeat.heartbeatNs < SILENT_AFTER_NS;
    return [...this.#threads.values()].filter(isAlive).length;
  }

  get ended(): number {
    return this.#ended;
  }

  startDraining(): void {
    this.#channel?.post({ kind: 'drain' });
  }

  /** Asked again while threads are waited for: one may be terminated without a word. */
  tidy(): number {
    return this.pending > 0 ? TIDY_INTERVAL_MS : Infinity;
  }

  /** Each thread has the same deadlines as this one. */
  abort(): void {
    // It aborts its requests itself.
  }

  abandon(): number {
    return this.pending;
  }
}

/** A thread whose loop has not turned for so long is taken for ended. */
const SILENT_AFTER_NS = 10_000_000_000n;
const TIDY_INTERVAL_MS = 1_000;
