import { Metric, SeriesHandle } from './metric.ts';

/** A metric whose every series is an age. */
export class AgeGauge<Name extends string> extends Metric<Name> {
  labels(labels: Readonly<Record<Name, string>>): AgeSeries {
    return new AgeSeries(this.table, this.table.resolve(labels));
  }
}

/** The age of something in seconds: its reader counts on, also while this thread is blocked. */
export class AgeSeries extends SeriesHandle {
  /** @param sinceMonotonicSeconds - From {@link monotonicSeconds}; undefined when there is nothing, whose age reads 0. */
  set(sinceMonotonicSeconds: number | undefined): void {
    const { values, offset } = this.cell;
    values[offset] = sinceMonotonicSeconds ?? 0;
  }
}

/** The monotonic clock that all threads share, in seconds. Never 0. */
export function monotonicSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
