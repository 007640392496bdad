import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { keepAliveLimitMs } from './keep-alive-hint.ts';
import { outcomeOfAnswer, outcomeOfError } from './outcome.ts';
import type { Outcome } from './request-account.ts';

/** Where a load goes. */
export interface LoadTarget {
  readonly host: string;
  readonly port: number;
}

/** One request as it goes out. */
export interface OutgoingRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** What a connection tells its pool. */
export interface ConnectionListener {
  /** The answer is complete and the connection may be used again. False closes it. */
  readonly idle: (connection: ClientConnection) => boolean;
  /** The connection is closed, or was never made. */
  readonly closed: (connection: ClientConnection) => void;
}

/**
 * A simulated client: one HTTP/1.1 connection, one request at a time, no second try. `node:http` speaks the
 * protocol; an agent that holds exactly one connection says when it is free and when it is gone.
 */
export class ClientConnection {
  readonly #target: LoadTarget;
  readonly #listener: ConnectionListener;
  readonly #agent: Agent;
  #requestsLeft: number;
  #requestsSent = 0;
  #idleUntilMs = 0;
  #keepAliveHint: string | undefined;

  /** @param requestsLeft - The connection is closed after so many requests, 1 or more. */
  constructor(target: LoadTarget, requestsLeft: number, listener: ConnectionListener) {
    this.#target = target;
    this.#requestsLeft = requestsLeft;
    this.#listener = listener;
    this.#agent = new SingleConnectionAgent({
      idle: () => this.#becomeIdle(),
      closed: () => {
        listener.closed(this);
      },
    });
  }

  /** Whether a request has gone out on it before. */
  get isReused(): boolean {
    return this.#requestsSent > 0;
  }

  /** Whether the server may be about to close it, as far as its `Keep-Alive` hint tells. */
  isStale(nowMs: number): boolean {
    return nowMs >= this.#idleUntilMs;
  }

  /**
   * Sends a request; `settle` is called once.
   *
   * @returns Gives the request up and closes the connection; `settle` is called if it was not yet.
   */
  send({ method, path, body }: OutgoingRequest, settle: (outcome: Outcome) => void): () => void {
    this.#requestsSent += 1;
    this.#requestsLeft -= 1;
    const outgoing = request({
      host: this.#target.host,
      port: this.#target.port,
      agent: this.#agent,
      method,
      path,
      headers: body === undefined ? {} : bodyHeaders(body),
    });
    let incoming: IncomingMessage | undefined;
    let isSettled = false;
    const settleOnce = (outcome: Outcome): void => {
      if (isSettled) return;
      isSettled = true;
      settle(outcome);
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      settleOnce(outcomeOfError(error, incoming !== undefined));
    };
    outgoing.on('error', onError);
    outgoing.on('response', (response) => {
      incoming = response;
      const hint = response.headers['keep-alive'];
      this.#keepAliveHint = typeof hint === 'string' ? hint : undefined;
      response.on('error', onError);
      response.on('end', () => {
        settleOnce(outcomeOfAnswer(response));
      });
      response.resume();
    });
    outgoing.on('close', () => {
      settleAfterClose(outgoing, settleOnce);
    });
    outgoing.end(body);
    return () => {
      outgoing.destroy();
    };
  }

  /** Closes the connection. */
  close(): void {
    this.#agent.destroy();
  }

  #becomeIdle(): boolean {
    if (this.#requestsLeft <= 0) return false;
    this.#idleUntilMs = performance.now() + keepAliveLimitMs(this.#keepAliveHint);
    return this.#listener.idle(this);
  }
}

/** An answer that ends before its headers or in an upgrade nobody asked for leaves no error of its own. */
function settleAfterClose(outgoing: ClientRequest, settle: (outcome: Outcome) => void): void {
  // 'end' of a complete answer may still be on its way when the request is closed.
  setImmediate(() => {
    const detail = `${outgoing.method} ended without an answer`;
    settle({ kind: 'lost', loss: 'reset', detail });
  });
}

function bodyHeaders(body: string): Record<string, string | number> {
  return {
    'content-type': /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
}

class SingleConnectionAgent extends Agent {
  readonly #listener: { readonly idle: () => boolean; readonly closed: () => void };

  constructor(listener: { readonly idle: () => boolean; readonly closed: () => void }) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.#listener = listener;
  }

  override createConnection(options: Parameters<Agent['createConnection']>[0]): Socket {
    const socket = createConnection({
      host: options.host ?? '127.0.0.1',
      port: Number(options.port),
      noDelay: true,
    });
    socket.once('close', this.#listener.closed);
    return socket;
  }

  /** Asked when an answer is complete and neither side wants the connection closed. */
  override keepSocketAlive(): boolean {
    return this.#listener.idle();
  }
}
