import type { Watched } from './pool-driver.ts';

/** An agent of `node:http` or `node:https`, as far as the guard needs it. */
export interface HttpAgent {
  /** Most sockets for each host. */
  readonly maxSockets: number;
  /** Most sockets for all hosts together. */
  readonly maxTotalSockets: number;
  /** In use, by host. */
  readonly sockets: Readonly<Record<string, readonly unknown[] | undefined>>;
  /** Idle, by host. */
  readonly freeSockets: HttpAgent['sockets'];
  /** Requests that wait for a socket, by host. */
  readonly requests: HttpAgent['sockets'];
}

/** A `Client`, `Pool` or `BalancedPool` of undici, as far as the guard needs it. */
export interface UndiciDispatcher {
  /** What it does now. */
  readonly stats: {
    /** Open connections. */
    readonly connected: number | boolean;
    /** Open connections that do nothing; a client does not tell. */
    readonly free?: number;
    /** Requests that wait for an answer or for a connection. */
    readonly pending: number;
    /** Requests that wait for a connection; a client does not tell. */
    readonly queued?: number;
    /** Requests that wait for an answer. */
    readonly running: number;
  };
}

/** Looks at an agent of `node:http`. */
export function watchAgent(agent: HttpAgent): Watched {
  return {
    state: () => ({
      inUse: countOf(agent.sockets),
      idle: countOf(agent.freeSockets),
      waiting: countOf(agent.requests),
      max: Math.min(agent.maxSockets, agent.maxTotalSockets),
    }),
    findings: () => {
      const findings: string[] = [];
      if (agent.maxSockets === Infinity && agent.maxTotalSockets === Infinity) {
        findings.push(
          'maxSockets and maxTotalSockets are Infinity: a slow host gets any number of connections; set maxSockets',
        );
      }
      if (!hasTimeout(agent)) {
        findings.push(
          'timeout is not set: a host that falls silent is waited for for ever; set it',
        );
      }
      return findings;
    },
  };
}

/** Looks at a dispatcher of undici. Its bounds cannot be read: its metrics only. */
export function watchUndici(dispatcher: UndiciDispatcher): Watched {
  return {
    state: () => {
      const { connected, free, pending, queued = 0, running } = dispatcher.stats;
      const open = Number(connected);
      const idle = free ?? Math.max(0, open - running);
      return { inUse: open - idle, idle, waiting: pending + queued, max: Infinity };
    },
    findings: () => [],
  };
}

/** What an agent was made with stands in it, in no documented place. */
function hasTimeout(agent: HttpAgent): boolean {
  const { options } = agent as { readonly options?: { readonly timeout?: number } };
  return (options?.timeout ?? 0) > 0;
}

function countOf(lists: HttpAgent['sockets']): number {
  return Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0);
}
