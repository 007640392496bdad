import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { createPace } from './pace.ts';

/** What the admin port takes from outside: probes and scrapers need little, a flood gets no more. */
export const ADMIN_LIMITS = {
  /** Connections at once. */
  maxConnections: 256,
  /** Connections at once from one address: one that floods does not shut out the kubelet, which comes from another. */
  maxConnectionsPerAddress: 64,
  /** Requests answered in a second; further ones wait. */
  maxRequestsPerSecond: 1_000,
  /** Of these, pages of metrics: one costs as much as some hundred probes, which must not wait behind it. */
  maxScrapesPerSecond: 20,
  /** Line and headers of a request: a scraper's bearer token fits, and half of Node's own limit is enough. */
  maxHeaderBytes: 8_192,
  /** How long a connection is not read, and then cut, that asks again while a request of it waits. */
  impatientHoldMs: 5_000,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
} as const;

/** Requests at the admin port, in line for their answers. */
export interface AdminLine {
  readonly listener: RequestListener;
  /** Forgets those in line. */
  stop(): void;
}

/** Makes the line: answers at a bounded pace, and to those only who wait for theirs. */
export function createLine(handler: RequestListener): AdminLine {
  const { maxRequestsPerSecond, maxScrapesPerSecond, maxConnections } = ADMIN_LIMITS;
  const requests = createPace(maxRequestsPerSecond, maxConnections);
  const scrapes = createPace(maxScrapesPerSecond, maxConnections);
  /** Connections with a request in line, and how that gives up its place. */
  const waiting = new Map<Socket, () => void>();
  const held = new WeakSet<Socket>();
  const listener: RequestListener = (request, response) => {
    const { socket } = request;
    if (held.has(socket)) return;
    const giveUp = waiting.get(socket);
    if (giveUp !== undefined) {
      giveUp();
      held.add(socket);
      holdAndCut(socket);
      return;
    }
    const pace = request.url?.startsWith('/metrics') === true ? scrapes : requests;
    const leave = (): void => {
      socket.off('close', leave);
      waiting.delete(socket);
      pace.forget(answer);
    };
    const answer = (): void => {
      leave();
      if (!response.destroyed) handler(request, response);
    };
    // Who has gone keeps no place: others would wait behind it, or find no place and wait for ever.
    socket.once('close', leave);
    waiting.set(socket, leave);
    if (!pace.run(answer)) socket.destroy();
  };
  return {
    listener,
    stop: () => {
      requests.stop();
      scrapes.stop();
    },
  };
}

/**
 * Reads no more of a connection and cuts it later. Cut at once, its sender would come back at once, and a connection
 * costs more than a request.
 */
function holdAndCut(socket: Socket): void {
  socket.pause();
  const timer = setTimeout(() => socket.destroy(), ADMIN_LIMITS.impatientHoldMs).unref();
  socket.once('close', () => {
    clearTimeout(timer);
  });
}
