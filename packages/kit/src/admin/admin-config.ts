import type { JournalEntry } from '../instruments/journal.ts';

/** What the admin server needs to know; passed to its thread as it is. */
export interface AdminConfig {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** A loop that has not turned for longer is not live. */
  readonly livenessStallMs: number;
  /** A loop that has not turned for longer is not ready. */
  readonly readinessStallMs: number;
  readonly readinessWhileDraining: 'fail' | 'keep';
  /** What `/drain` must be called with; empty for callers of this machine alone. */
  readonly drainToken: string;
  /** In a child of a cluster: the socket at which its primary asks, instead of a port of its own. */
  readonly memberSocket?: string | undefined;
  /** In a primary: where the sockets of its children are, once there are any. */
  readonly membersFolder?: string | undefined;
}

/** What the admin thread is started with. */
export interface AdminWorkerData {
  readonly config: AdminConfig;
  /** Buffer of the control block. */
  readonly control: SharedArrayBuffer;
  /** Buffer of the check board. */
  readonly checks: SharedArrayBuffer;
  /** The journal up to now; what comes later is sent as messages. */
  readonly journal: readonly JournalEntry[];
}

/** What the admin thread says: once that it serves, or why it cannot; then that somebody wants the drain, or a child is stuck. */
export type AdminWorkerReport =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'drain' }
  | { readonly kind: 'stuck'; readonly pid: number };
