import type { ProbeOutcome } from './probe-state.ts';

/** What one run of a probe found. */
export interface ProbeReport {
  readonly outcome: ProbeOutcome;
  /** Why it failed, or what the answer said: for events; empty for a plain success. */
  readonly message: string;
  /** Set on a success that deserves an event, such as a redirect to another host. */
  readonly warning?: boolean;
  /** Status code of the answer; undefined when none came, and for what is no request. */
  readonly statusCode?: number;
  /** Set when nobody accepts connections at the target. */
  readonly refused?: boolean;
  /** Where the probe connected to; undefined for a command. */
  readonly target?: { readonly host: string; readonly port: number };
}

/** The report of a probe that was called off: it says nothing about the container. */
export const CANCELLED: ProbeReport = { outcome: 'error', message: 'called off' };

/** Turns a failed connection into a report in the words of the kubelet. */
export function connectionFailure(
  error: unknown,
  target: { readonly host: string; readonly port: number; readonly doing: string },
): ProbeReport {
  const { code, message } = error as NodeJS.ErrnoException;
  const address = `${target.host}:${target.port}`;
  if (code === 'ECONNREFUSED') {
    return {
      outcome: 'failure',
      message: `${target.doing}dial tcp ${address}: connect: connection refused`,
      refused: true,
    };
  }
  return { outcome: 'failure', message: `${target.doing}${message}` };
}
