import type { FailureLog } from '../failure-log.ts';
import { holdContinue, releaseContinue } from '../http/expect-continue.ts';
import type { ShedReason } from '../http/shed-reason.ts';
import { isThenable } from '../is-thenable.ts';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import type { QueueOutcome } from '../queue/queue-metrics.ts';
import type { Entrant, Refusal } from './gate.ts';
import type {
  AdmissionOptions,
  LimitedRequest,
  LimitedResponse,
  Middleware,
  RequestHandler,
} from './limit.ts';
import type { Places } from './places.ts';
import { PRIORITIES, rankOf, type Priority } from './priority.ts';

/** What a limit needs of the kit to answer requests. */
export interface AdmissionParts {
  readonly shed: (response: LimitedResponse, reason: ShedReason) => void;
  /** Seconds until a request's deadline; Infinity when it has none. */
  readonly timeLeftSeconds: (request: LimitedRequest) => number;
  /** Calls back once, when the request's response has ended, however that came. */
  readonly whenEnded: (
    request: LimitedRequest,
    response: LimitedResponse,
    callback: () => void,
  ) => void;
  readonly failures: FailureLog;
}

const SHED_REASONS: Readonly<Record<Exclude<Refusal, 'cancelled'>, ShedReason>> = {
  full: 'queue_full',
  timed_out: 'queue_timeout',
  deadline: 'deadline',
  draining: 'draining',
};

/** Puts a limit in front of handlers. */
export class HttpAdmission {
  readonly #places: Places;
  readonly #parts: AdmissionParts;

  constructor(places: Places, parts: AdmissionParts) {
    this.#places = places;
    this.#parts = parts;
  }

  /** See {@link Limit.handler}. */
  handler<Request extends LimitedRequest, Response extends LimitedResponse>(
    handler: RequestHandler<Request, Response>,
    options: AdmissionOptions<Request> = {},
  ): RequestHandler<Request, Response> {
    return (request, response) => {
      this.#admit({ request, response, options }, (release) => {
        this.#call(() => handler(request, response), response, release);
      });
    };
  }

  /** See {@link Limit.middleware}. */
  middleware<Request extends LimitedRequest, Response extends LimitedResponse>(
    options: AdmissionOptions<Request> = {},
  ): Middleware<Request, Response> {
    return (request, response, next) => {
      this.#admit({ request, response, options }, (release) => {
        // An error is the framework's to answer; the response's end tells when it has.
        release('completed');
        next();
      });
    };
  }

  /**
   * Lets a request pass when there is room.
   * @param begin - Must call what it is given once, when the handler has ended; the place is free when the response
   * has, too.
   */
  #admit<Request extends LimitedRequest>(
    { request, response, options }: Admission<Request>,
    begin: (release: (outcome: QueueOutcome) => void) => void,
  ): void {
    if (this.#ask(() => options.isExempt?.(request), false)) {
      begin(() => undefined);
      return;
    }
    holdContinue(response);
    const places = this.#places;
    let startMs = 0;
    let outcome: QueueOutcome | undefined;
    let hasEnded = false;
    const leaveWhenBoth = (): void => {
      if (hasEnded && outcome !== undefined) places.leave(outcome, startMs);
    };
    const entrant: Entrant = {
      rank: this.#rank(request, options),
      deadlineSeconds: this.#deadlineSeconds(request),
      sinceSeconds: undefined,
      start: () => {
        startMs = performance.now();
        releaseContinue(response);
        begin((handlerOutcome) => {
          outcome = handlerOutcome;
          leaveWhenBoth();
        });
      },
      refuse: (reason) => {
        places.count(reason);
        if (reason !== 'cancelled') this.#parts.shed(response, SHED_REASONS[reason]);
      },
    };
    // Before it enters: a handler that answers at once may end the response within.
    this.#parts.whenEnded(request, response, () => {
      hasEnded = true;
      if (entrant.sinceSeconds !== undefined) places.withdraw(entrant, 'cancelled');
      else leaveWhenBoth();
    });
    places.enter(entrant);
  }

  #call(
    handle: () => unknown,
    response: LimitedResponse,
    release: (outcome: QueueOutcome) => void,
  ): void {
    const fail = (error: unknown): void => {
      this.#parts.failures.say(`handler in limit ${this.#places.options.name}`, error);
      answerFailed(response);
      release('failed');
    };
    try {
      const result = handle();
      if (!isThenable(result)) {
        release('completed');
        return;
      }
      result.then(() => {
        release('completed');
      }, fail);
    } catch (error) {
      fail(error);
    }
  }

  #rank<Request>(request: Request, { priority }: AdmissionOptions<Request>): number {
    if (priority === undefined) return NORMAL_RANK;
    const said: Priority = this.#ask(() => priority(request), 'normal');
    return PRIORITIES.includes(said) ? rankOf(said) : NORMAL_RANK;
  }

  #deadlineSeconds(request: LimitedRequest): number {
    const { timeoutSeconds } = this.#places.options;
    const leftSeconds = Math.min(this.#parts.timeLeftSeconds(request), timeoutSeconds);
    return leftSeconds === Infinity ? Infinity : monotonicSeconds() + leftSeconds;
  }

  /** What the service says about a request; one that throws does not end the process. */
  #ask<Value>(question: () => Value, otherwise: Value & {}): NonNullable<Value> {
    try {
      return question() ?? otherwise;
    } catch (error) {
      this.#parts.failures.say(`priority or isExempt of limit ${this.#places.options.name}`, error);
      return otherwise;
    }
  }
}

interface Admission<Request extends LimitedRequest> {
  readonly request: Request;
  readonly response: LimitedResponse;
  readonly options: AdmissionOptions<Request>;
}

const NORMAL_RANK = rankOf('normal');

function answerFailed(response: LimitedResponse): void {
  // A response of HTTP/2 knows of its end by its stream.
  const answer = 'stream' in response ? response.stream : response;
  if (response.writableEnded || answer.destroyed) return;
  if (response.headersSent) {
    // Half an answer: only a cut connection, or stream, tells the client so.
    answer.destroy();
    return;
  }
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('internal error\n');
}
