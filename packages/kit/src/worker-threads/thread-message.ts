import type { JournalEntry } from '../instruments/journal.ts';

/** What the threads of a process tell each other. */
export type ThreadMessage =
  /** To all threads with a kit: who is there? */
  | { readonly kind: 'who' }
  /** A thread's state and metrics in shared memory, whole; said at its start and whenever somebody asks. */
  | {
      readonly kind: 'here';
      readonly thread: number;
      readonly control: SharedArrayBuffer;
      readonly journal: readonly JournalEntry[];
    }
  /** A thread has a metric or a series more. */
  | { readonly kind: 'entry'; readonly thread: number; readonly entry: JournalEntry }
  /** The main thread drains. */
  | { readonly kind: 'drain' }
  /** A thread's kit has stopped. */
  | { readonly kind: 'gone'; readonly thread: number };

/** A channel that reaches every thread of this process, whatever their loops do; it keeps none alive. */
export function openThreadChannel(onMessage: (message: ThreadMessage) => void): ThreadChannel {
  const channel = new BroadcastChannel(`bellows-${process.pid}`);
  channel.onmessage = (event): void => {
    onMessage((event as unknown as { readonly data: ThreadMessage }).data);
  };
  (channel as unknown as { unref(): void }).unref();
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    close: () => {
      channel.close();
    },
  };
}

/** An open channel. */
export interface ThreadChannel {
  post(message: ThreadMessage): void;
  close(): void;
}
