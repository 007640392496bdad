import { createHash } from 'node:crypto';
import { apiStatusOf, resourcePath, type KubernetesClient } from '@bellows/kubernetes';
import type { Log } from './log.ts';
import type { MetricProblem } from './metric-problem.ts';

/** An autoscaler that an Event is about. */
export interface AutoscalerReference {
  /** Where it is. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** Tells it from an earlier one of the same name. */
  readonly uid: string;
}

/** Options of {@link createMetricEvents}. */
export interface MetricEventsOptions {
  /** Writes them. */
  readonly client: KubernetesClient;
  /** The autoscalers that name a metric. From memory. */
  readonly autoscalersOf: (problem: MetricProblem) => readonly AutoscalerReference[];
  /** Told when Events cannot be written. */
  readonly log: Log;
  /** Told of each attempt. */
  readonly onResult?: (result: 'written' | 'refused') => void;
  /** Milliseconds since the epoch. @defaultValue Date.now */
  readonly now?: () => number;
}

/** Tells autoscalers' owners what keeps a metric from being served. */
export interface MetricEvents {
  /** Writes an Event on each autoscaler that names the metric, unless one like it was written shortly before. Never throws. */
  report(problem: MetricProblem): void;
  /** Waits for what is being written, and writes no more. Idempotent. */
  stop(): Promise<void>;
}

/** The same is said of the same autoscaler once in so long, in milliseconds. */
const REPEAT_MS = 300_000;
/** Events of one replica a minute; client-go allows 1 in 300 s and object after a burst of 25. */
const MAX_PER_MINUTE = 20;
const MINUTE_MS = 60_000;
/** What was said that is remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 5_000;
/** Longest message of an Event. @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/events.go NoteLengthLimit */
const MAX_MESSAGE_CHARACTERS = 1_000;

/** Makes it; nothing is written yet. Replicas write the same Event, whose count goes up. */
export function createMetricEvents(options: MetricEventsOptions): MetricEvents {
  return new EventWriter(options);
}

class EventWriter implements MetricEvents {
  readonly #options: MetricEventsOptions;
  readonly #now: () => number;
  readonly #saidAtMs = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();
  #minuteStartMs = Number.NEGATIVE_INFINITY;
  #inThisMinute = 0;
  #isStopped = false;

  constructor(options: MetricEventsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
  }

  report(problem: MetricProblem): void {
    if (this.#isStopped) return;
    for (const autoscaler of this.#options.autoscalersOf(problem)) {
      const key = [autoscaler.uid, problem.metric, problem.reason, problem.message].join('\u0000');
      if (!this.#maySay(key)) continue;
      const writing = this.#write(autoscaler, problem, key).finally(() => {
        this.#writing.delete(writing);
      });
      this.#writing.add(writing);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#writing);
  }

  #maySay(key: string): boolean {
    const now = this.#now();
    if (now - (this.#saidAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return false;
    if (now - this.#minuteStartMs >= MINUTE_MS) {
      this.#minuteStartMs = now;
      this.#inThisMinute = 0;
    }
    if (this.#inThisMinute >= MAX_PER_MINUTE) return false;
    this.#inThisMinute += 1;
    this.#saidAtMs.delete(key);
    this.#saidAtMs.set(key, now);
    const [oldest] = this.#saidAtMs.keys();
    if (this.#saidAtMs.size > MAX_REMEMBERED && oldest !== undefined) this.#saidAtMs.delete(oldest);
    return true;
  }

  async #write(about: AutoscalerReference, problem: MetricProblem, key: string): Promise<void> {
    const { client, log, onResult } = this.#options;
    const at = new Date(this.#now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const location = { apiVersion: 'v1', resource: 'events', namespace: about.namespace };
    const name = eventName(about.name, key);
    try {
      await client
        .write('POST', resourcePath(location), { body: eventOf(about, problem, name, at) })
        .catch(async (error: unknown) => {
          if (apiStatusOf(error)?.code !== 409) throw error;
          // Another replica, or this one some minutes ago, has said it.
          const path = resourcePath({ ...location, name });
          const { count = 1 } = await client.get<{ readonly count?: number }>(path);
          const body = { count: count + 1, lastTimestamp: at };
          await client.write('PATCH', path, { body, contentType: 'application/merge-patch+json' });
        });
      onResult?.('written');
    } catch (error) {
      onResult?.('refused');
      log('warn', 'an Event on an autoscaler could not be written', { error });
    }
  }
}

/** The same for all replicas, so that they write one Event and not one each. */
function eventName(autoscaler: string, key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${autoscaler.slice(0, 200)}.${digest}`;
}

function eventOf(
  { namespace, name, uid }: AutoscalerReference,
  { reason, metric, group, message, remedy }: MetricProblem,
  eventNameText: string,
  at: string,
): object {
  const text = `${group} cannot give ${metric}: ${message}${remedy === undefined ? '' : `; ${remedy}`}`;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace, name: eventNameText },
    involvedObject: {
      ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      ...{ namespace, name, uid },
    },
    type: 'Warning',
    reason,
    message: text.slice(0, MAX_MESSAGE_CHARACTERS),
    source: { component: 'bellows-adapter' },
    reportingComponent: 'bellows-adapter',
    reportingInstance: 'bellows-adapter',
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}
