import type { PoolDriver } from './pool-driver.ts';

/** A client of `ioredis`, as far as the guard needs it. */
export interface RedisClient {
  /** What the server says of itself. */
  info(section: string): Promise<string>;
  /** Tells of a connection that has failed. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** What it was made with. */
  readonly options: {
    /** Longest command, in milliseconds. */
    readonly commandTimeout?: number | undefined;
    /** Longest attempt to connect, in milliseconds. */
    readonly connectTimeout?: number | undefined;
    /** How often a command is sent again; null is for ever. */
    readonly maxRetriesPerRequest?: number | null | undefined;
    /** Whether commands wait while there is no connection. */
    readonly enableOfflineQueue?: boolean | undefined;
  };
  /** `ready` when it can be used. */
  readonly status: string;
}

interface Queues {
  /** Sent, and not answered yet. */
  readonly commandQueue?: { readonly length: number };
  /** Not sent, since there is no connection. */
  readonly offlineQueue?: { readonly length: number };
}

/**
 * Talks to a client of `ioredis`: one connection that all share, so a use that is cut leaves it open.
 */
export function createRedisDriver<Client extends RedisClient>(client: Client): PoolDriver<Client> {
  return {
    state: () => {
      const { commandQueue, offlineQueue } = client as Queues;
      const inUse = client.status === 'ready' && (commandQueue?.length ?? 0) > 0 ? 1 : 0;
      return {
        inUse,
        idle: client.status === 'ready' ? 1 - inUse : 0,
        waiting: (commandQueue?.length ?? 0) + (offlineQueue?.length ?? 0),
        max: 1,
      };
    },
    findings: () => redisFindings(client.options),
    follow: ({ onError }) => {
      client.on('error', onError);
    },
    acquire: () => Promise.resolve(client),
    release: () => undefined,
    askServerLimit: async () => {
      const [, limit] = /^maxclients:(\d+)/m.exec(await client.info('clients')) ?? [];
      if (limit === undefined) throw new Error('INFO clients tells no maxclients');
      return { connections: Number(limit), setting: 'maxclients' };
    },
  };
}

function redisFindings(options: RedisClient['options']): string[] {
  const findings: string[] = [];
  if (options.commandTimeout === undefined || options.commandTimeout === 0) {
    findings.push(
      'commandTimeout is not set: a command may wait for ever; set it, such as to 1000',
    );
  }
  if (options.maxRetriesPerRequest === null) {
    findings.push(
      'maxRetriesPerRequest is null: a command is sent again for ever while Redis is away; set a number',
    );
  }
  if (options.enableOfflineQueue !== false) {
    findings.push(
      'enableOfflineQueue is on: any number of commands waits while there is no connection; set it to false',
    );
  }
  return findings;
}
