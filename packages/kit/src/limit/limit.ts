import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Priority } from './priority.ts';

/** Options of `kit.limit`. */
export interface LimitOptions {
  /** Value of the `queue` label of its metrics; unique in the kit. */
  readonly name: string;
  /**
   * How much may run at once: a number from 1 to 10000, or `adaptive`: it starts at 20 and follows latency and the
   * event loop between `minConcurrency` and `maxConcurrency`.
   * @defaultValue 'adaptive'
   */
  readonly concurrency?: number | 'adaptive';
  /** Least adaptive concurrency. 1 to 10000. @defaultValue 4 */
  readonly minConcurrency?: number;
  /** Highest adaptive concurrency. `minConcurrency` to 10000. @defaultValue 200 */
  readonly maxConcurrency?: number;
  /**
   * How many may wait when all places are taken; what comes then is refused. 0 to 100000.
   * @defaultValue twice the concurrency at the start
   */
  readonly maxLength?: number;
  /** Longest wait for a place, in seconds; `Infinity` for no bound. @defaultValue 1 */
  readonly maxWaitSeconds?: number;
  /**
   * Time that work has from its arrival, waiting included, in seconds: its AbortSignal aborts then. `Infinity` for
   * none. For requests the earlier of this and the request's own deadline counts.
   * @defaultValue Infinity
   */
  readonly timeoutSeconds?: number;
}

/** How one piece of work is run. */
export interface RunOptions {
  /** @defaultValue 'normal' */
  readonly priority?: Priority;
  /** Time it has from now on, waiting included, in seconds, above 0. @defaultValue the limit's `timeoutSeconds` */
  readonly timeoutSeconds?: number;
  /** Aborts when nobody wants the result any more, such as `kit.abortSignal(request)`. */
  readonly signal?: AbortSignal;
}

/** Work in bounds. It should end early when the signal aborts: at its deadline, its caller's, or the drain's. */
export type Task<Result> = (signal: AbortSignal) => Result | Promise<Result>;

/** How requests pass a limit. */
export interface AdmissionOptions<Request = IncomingMessage> {
  /** How much a request matters. @defaultValue all are `normal` */
  readonly priority?: (request: Request) => Priority;
  /** Requests that are never refused nor made to wait, such as a probe on this port. @defaultValue none */
  readonly isExempt?: (request: Request) => boolean;
}

/** A request that a limit can hold: of `node:http`, or of `node:http2` in its compatible form. */
export type LimitedRequest = IncomingMessage | Http2ServerRequest;
/** The response to a {@link LimitedRequest}. */
export type LimitedResponse = ServerResponse | Http2ServerResponse;

/** What answers a request. */
export type RequestHandler<Request = IncomingMessage, Response = ServerResponse> = (
  request: Request,
  response: Response,
) => unknown;

/** A connect middleware, as Express and Nest have them. */
export type Middleware<Request = IncomingMessage, Response = ServerResponse> = (
  request: Request,
  response: Response,
  next: (error?: unknown) => void,
) => void;

/** The part of a {@link Limit} that frameworks other than Express are given. */
export type RequestLimit = Pick<Limit, 'middleware'>;

/** A bound on what runs at once, with a short line in front of it. */
export interface Limit {
  /** How much runs. */
  readonly running: number;
  /** How much waits. */
  readonly length: number;
  /** How much may run at once now. */
  readonly concurrency: number;
  /**
   * Runs `task` when there is room. @returns what it returns, or rejects with what it throws; a rejection that nobody
   * looks at ends no process: it is counted.
   * @throws BellowsError, as rejection, when it was not begun: `ERR_KIT_QUEUE_FULL`, `ERR_KIT_QUEUE_TIMEOUT`,
   * `ERR_KIT_DEADLINE` when its time was over or its signal aborted, `ERR_KIT_DRAINING`.
   */
  run<Result>(task: Task<Result>, options?: RunOptions): Promise<Result>;
  /**
   * Puts the limit in front of a handler of an attached server. A request that is refused is answered 503 with a
   * `Retry-After` of 1 to 4 seconds before its body is read, and before a client that asks (`Expect: 100-continue`) is
   * told to send it, and counted. A place is free when the response has ended and the handler's promise has settled. A
   * handler that throws is counted; its request is answered 500.
   */
  handler<
    Request extends LimitedRequest = IncomingMessage,
    Response extends LimitedResponse = ServerResponse,
  >(
    handler: RequestHandler<Request, Response>,
    options?: AdmissionOptions<Request>,
  ): RequestHandler<Request, Response>;
  /**
   * The same as connect middleware, for Express and Nest: it goes before what reads bodies. A place is free when the
   * response has ended; errors stay with the framework. Fastify, Koa and Hono have functions of their own that take
   * the limit: `limitFastifyRequests`, `limitKoaRequests`, `limitHonoRequests`.
   */
  middleware<
    Request extends LimitedRequest = IncomingMessage,
    Response extends LimitedResponse = ServerResponse,
  >(
    options?: AdmissionOptions<Request>,
  ): Middleware<Request, Response>;
}
