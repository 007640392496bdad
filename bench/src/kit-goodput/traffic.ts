import { createLoad, type LoadAccount } from '@bellows/load';

/** A caller waits no longer than this, in milliseconds: a later answer is of no use to it. */
export const PATIENCE_MS = 1_000;
/** Requests on one connection, so that the price of a new one does not decide. */
const REQUESTS_PER_CONNECTION = 10_000;
/** As a proxy in front has them; libuv accepts one a turn, so a burst of new ones would measure that. */
const MAX_CONNECTIONS = 200;

/** Sends requests at a constant rate whether or not answers come; what became of them. */
export function openLoop(
  port: number,
  requestsPerSecond: number,
  seconds: number,
): Promise<LoadAccount> {
  const load = createLoad({
    target: `http://127.0.0.1:${port}`,
    profile: {
      points: [{ atSeconds: 0, requestsPerSecond }],
      requests: [{ weight: 1, method: 'GET', path: '/items/42' }],
    },
    durationSeconds: seconds,
    timeoutMs: PATIENCE_MS,
    requestsPerConnection: REQUESTS_PER_CONNECTION,
    maxConnections: MAX_CONNECTIONS,
  });
  load.start();
  return load.done;
}
