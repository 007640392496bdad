import { missing, observed, type Observed } from '@bellows/core';

/** CPU used over a time. */
export interface CpuUsage {
  /** CPU seconds per second. */
  readonly cores: number;
  /** Length of the time, in milliseconds. */
  readonly windowMs: number;
}

interface Point {
  readonly atMs: number;
  readonly cpuSecondsTotal: number;
}

/** metrics-server's `--metric-resolution`, in milliseconds. */
const WINDOW_MS = 15_000;

/**
 * A shorter time says little: a process's start alone would look like load.
 *
 * @see kubernetes-sigs/metrics-server v0.8.0 pkg/storage/pod.go freshContainerMinMetricsResolution
 */
const MIN_WINDOW_MS = 10_000;

/**
 * The last 15 s of one container's cumulative CPU time, or the time since its start if that is
 * shorter. A counter that falls, or a new start time, is a new container.
 */
export class CpuWindow {
  /** Oldest first, strictly rising in time; only the first may be older than the window. */
  #points: Point[] = [];
  #startedAtMs: number | undefined;
  #unreadable: string | undefined;

  /** Takes the next sample. A sample that is not newer than the last one is ignored. */
  add(cpuSecondsTotal: Observed<number>, startedAtMs?: number): void {
    if (startedAtMs !== this.#startedAtMs) this.#restart(startedAtMs);
    this.#unreadable = cpuSecondsTotal.kind === 'missing' ? cpuSecondsTotal.reason : undefined;
    if (cpuSecondsTotal.kind === 'missing') return;
    const point = { atMs: cpuSecondsTotal.atMs, cpuSecondsTotal: cpuSecondsTotal.value };
    const last = this.#points.at(-1);
    if (last !== undefined && point.cpuSecondsTotal < last.cpuSecondsTotal) this.#points = [];
    else if (last !== undefined && point.atMs <= last.atMs) return;
    this.#points.push(point);
    while ((this.#points[1]?.atMs ?? Infinity) <= point.atMs - WINDOW_MS) this.#points.shift();
  }

  /** Use over the window; missing until the window is 10 s long, or when the last sample was missing. */
  usage(): Observed<CpuUsage> {
    if (this.#unreadable !== undefined) return missing(this.#unreadable);
    const [first] = this.#points;
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined) return missing('not sampled yet');
    const windowMs = last.atMs - first.atMs;
    if (windowMs < MIN_WINDOW_MS) {
      return missing(`sampled for ${windowMs / 1000} s, needs ${MIN_WINDOW_MS / 1000} s`);
    }
    const cores = (last.cpuSecondsTotal - first.cpuSecondsTotal) / (windowMs / 1000);
    return observed({ cores, windowMs }, last.atMs);
  }

  #restart(startedAtMs: number | undefined): void {
    this.#startedAtMs = startedAtMs;
    this.#points = startedAtMs === undefined ? [] : [{ atMs: startedAtMs, cpuSecondsTotal: 0 }];
  }
}
