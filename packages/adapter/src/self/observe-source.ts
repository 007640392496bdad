import { BellowsError, type Observed } from '@bellows/core';
import type { MetricFamily } from '@bellows/exposition';
import type {
  CustomMetrics,
  ExternalMetrics,
  ResourceMetrics,
  Source,
  SourceState,
} from '../source/source.ts';
import { unreadableMetric, type MetricProblem } from './metric-problem.ts';
import type { SelfMetrics } from './self-metrics.ts';

/** Who is told of what a source answers. */
export interface SourceObserver {
  /** Counts. */
  readonly metrics: SelfMetrics;
  /** Told of each metric that cannot be given. Must not throw. */
  readonly onProblem: (problem: MetricProblem) => void;
  /** Milliseconds of a clock that only goes on. @defaultValue performance.now */
  readonly elapsedMs?: () => number;
}

type Asked = Pick<MetricProblem, 'group' | 'namespace' | 'metric' | 'source'>;

interface Reading {
  readonly value: Observed<unknown>;
}

/** The same source, with each of its answers counted, its errors and missing values told of. What it has may change while it works. */
export function observeSource(source: Source, observer: SourceObserver): Source {
  return new ObservedSource(source, observer);
}

class ObservedSource implements Source {
  readonly name: string;
  readonly #source: Source;
  readonly #observer: SourceObserver;

  constructor(source: Source, observer: SourceObserver) {
    this.name = source.name;
    this.#source = source;
    this.#observer = observer;
  }

  get custom(): CustomMetrics | undefined {
    const { custom } = this.#source;
    return custom && observeCustom(this.name, custom, this.#observer);
  }

  get external(): ExternalMetrics | undefined {
    const { external } = this.#source;
    return external && observeExternal(this.name, external, this.#observer);
  }

  get resource(): ResourceMetrics | undefined {
    return this.#source.resource;
  }

  start(): void {
    this.#source.start();
  }

  isReady(): boolean {
    return this.#source.isReady();
  }

  state(): readonly SourceState[] {
    return this.#source.state();
  }

  families(nowMs: number): readonly MetricFamily[] {
    return this.#source.families?.(nowMs) ?? [];
  }

  stop(): Promise<void> {
    return this.#source.stop();
  }
}

function observeCustom(
  source: string,
  custom: CustomMetrics,
  observer: SourceObserver,
): CustomMetrics {
  return {
    list: () => custom.list(),
    read: (request, signal) => {
      const { namespace, metric } = request;
      const asked: Asked = { group: 'custom.metrics.k8s.io', namespace, metric, source };
      return observeRead(asked, observer, () => custom.read(request, signal));
    },
  };
}

function observeExternal(
  source: string,
  external: ExternalMetrics,
  observer: SourceObserver,
): ExternalMetrics {
  return {
    list: () => external.list(),
    read: (request, signal) => {
      const { namespace, metric } = request;
      const asked: Asked = { group: 'external.metrics.k8s.io', namespace, metric, source };
      return observeRead(asked, observer, () => external.read(request, signal));
    },
  };
}

async function observeRead<T extends readonly Reading[] | undefined>(
  asked: Asked,
  observer: SourceObserver,
  read: () => Promise<T>,
): Promise<T> {
  const elapsedMs = observer.elapsedMs ?? (() => performance.now());
  const beganMs = elapsedMs();
  try {
    const readings = await read();
    if (readings !== undefined) countReadings(asked, observer, readings);
    return readings;
  } catch (error) {
    if (!isAbort(error)) {
      observer.metrics.sourceError(asked.source, BellowsError.is(error) ? error.code : 'INTERNAL');
      observer.onProblem(unreadableMetric(asked, error));
    }
    throw error;
  } finally {
    observer.metrics.sourceDuration(asked.group, asked.source, (elapsedMs() - beganMs) / 1000);
  }
}

/** All are missing: the metric is of no use to who asked. Some are: the others decide, and the counter tells. */
function countReadings(
  asked: Asked,
  { metrics, onProblem }: SourceObserver,
  readings: readonly Reading[],
): void {
  let present = 0;
  let reason: string | undefined;
  for (const { value } of readings) {
    if (value.kind === 'value') {
      present += 1;
      metrics.value(asked.group, asked.source, value.atMs);
    } else {
      reason ??= value.reason;
      metrics.missing(asked.source);
    }
  }
  if (present === 0 && reason !== undefined) {
    onProblem({ ...asked, reason: 'MetricMissing', message: `no value: ${reason}` });
  }
}

/** Who asked has gone: no fault of anybody. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
