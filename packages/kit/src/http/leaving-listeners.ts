import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server as NetServer } from 'node:net';
import { holdContinue, releaseContinue } from './expect-continue.ts';
import { replaceListeners } from './replace-listeners.ts';
import { refuseUpgrade } from './upgraded-connections.ts';

type Listener = (...values: never[]) => void;

/**
 * Lets handlers run only when all that came in one piece is parsed: a handler that answers at once would else say
 * `Connection: close` before the request behind it is seen.
 * @param mine - A listener of requests that still runs at once.
 * @param isLeft - Tells, once that has run, of a request that no handler shall see.
 */
export function deferHandlers(
  server: NetServer,
  mine: Listener,
  isLeft: (request: IncomingMessage) => boolean,
): void {
  type Values = [request: IncomingMessage, response: ServerResponse];
  replaceListeners(server, 'request', mine, (handlers, ...values: Values) => {
    const [request, response] = values;
    if (isLeft(request)) return;
    holdContinue(response);
    setImmediate(() => {
      for (const handler of handlers) handler.apply(server, values);
      releaseContinue(response);
    });
  });
}

/**
 * Refuses every upgrade and CONNECT that comes from now on.
 * @param mine - A listener of upgrades that still runs.
 */
export function refuseUpgrades(server: NetServer, mine: Listener, onRefused: () => void): void {
  for (const event of ['upgrade', 'connect']) {
    replaceListeners(server, event, mine, (_others, { socket }: IncomingMessage) => {
      onRefused();
      refuseUpgrade(socket);
    });
  }
}
