import type { Drainable } from '../drain/drainable.ts';
import { HttpAdmission, type AdmissionParts } from './http-admission.ts';
import type {
  AdmissionOptions,
  Limit,
  LimitedRequest,
  LimitedResponse,
  Middleware,
  RequestHandler,
  RunOptions,
  Task,
} from './limit.ts';
import { LimitedRun } from './limited-run.ts';
import type { Places } from './places.ts';

/** What a drain asks of a run, whatever its result. */
type AnyRun = Pick<LimitedRun<unknown>, 'abort' | 'abandon'>;

/** A limit over its places. Requests are drained with their server, other work here. */
export class WorkLimit implements Limit, Drainable {
  readonly #places: Places;
  readonly #admission: HttpAdmission;
  readonly #onChange: () => void;
  readonly #runs = new Set<AnyRun>();
  #ended = 0;
  #cut = 0;

  /** @param onChange - Told whenever a run has ended. */
  constructor(places: Places, parts: AdmissionParts, onChange: () => void) {
    this.#places = places;
    this.#admission = new HttpAdmission(places, parts);
    this.#onChange = onChange;
  }

  get running(): number {
    return this.#places.gate.running;
  }

  get length(): number {
    return this.#places.gate.length;
  }

  get concurrency(): number {
    return this.#places.gate.concurrency;
  }

  get pending(): number {
    return this.#runs.size;
  }

  get ended(): number {
    return this.#ended;
  }

  run<Result>(task: Task<Result>, options: RunOptions = {}): Promise<Result> {
    const result = new Promise<Result>((resolve, reject) => {
      const onEnd = (run: AnyRun): void => {
        if (this.#runs.delete(run)) this.#ended += 1;
        this.#onChange();
      };
      const run = new LimitedRun(this.#places, task, options, { resolve, reject, onEnd });
      this.#runs.add(run);
      run.enter();
    });
    // The caller may look at it, but need not.
    result.catch(() => undefined);
    return result;
  }

  handler<Request extends LimitedRequest, Response extends LimitedResponse>(
    handler: RequestHandler<Request, Response>,
    options?: AdmissionOptions<Request>,
  ): RequestHandler<Request, Response> {
    return this.#admission.handler(handler, options);
  }

  middleware<Request extends LimitedRequest, Response extends LimitedResponse>(
    options?: AdmissionOptions<Request>,
  ): Middleware<Request, Response> {
    return this.#admission.middleware(options);
  }

  refuse(): void {
    this.#places.gate.close();
  }

  abort(reason: unknown): void {
    const waiting = this.length;
    this.#places.gate.clear();
    this.#cut += waiting;
    for (const run of this.#runs) run.abort(reason);
  }

  abandon(): number {
    this.#cut += this.#runs.size;
    const left = [...this.#runs];
    this.#runs.clear();
    for (const run of left) run.abandon();
    return this.#cut;
  }
}
