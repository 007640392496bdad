import type { ContainerUsageReading, PodsReading, ResourceReading } from './observation.ts';
import { addInt64, type Int64 } from './int64.ts';
import { milliValue } from './milli-value.ts';
import { observedDurationMs, observedTimeMs } from './observed-time.ts';

/** A metric's value for one pod. */
export interface PodSample {
  /** In thousandths of the metric's unit. */
  readonly valueMilli: Int64;
  /** In milliseconds since the epoch, whole seconds. */
  readonly atMs: number;
  readonly windowMs: number;
}

/** Samples by pod name. */
export type PodSamples = ReadonlyMap<string, PodSample>;

/** Window of a custom metric that names none. */
const DEFAULT_CUSTOM_WINDOW_MS = 60_000;

/**
 * Sums each pod's containers. A pod without containers, or with one that did not report, is left out.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go getPodMetrics
 */
export function podResourceSamples(reading: ResourceReading): Map<string, PodSample> {
  const samples = new Map<string, PodSample>();
  for (const { pod, atMs, windowMs, containers } of reading.pods) {
    const valueMilli = totalUsage(containers, pod);
    if (valueMilli !== undefined) {
      samples.set(pod, sampleOf(valueMilli, pod, atMs, windowMs));
    }
  }
  return samples;
}

function totalUsage(containers: readonly ContainerUsageReading[], pod: string): Int64 | undefined {
  if (containers.length === 0) return undefined;
  let totalMilli: Int64 = 0;
  for (const { usage } of containers) {
    if (usage === undefined) return undefined;
    totalMilli = addInt64(totalMilli, milliValue(usage, 'usage', pod));
  }
  return totalMilli;
}

/**
 * Takes each pod's container of that name. A pod without it, or where it did not report, is left out.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go getContainerMetrics
 */
export function containerResourceSamples(
  reading: ResourceReading,
  container: string,
): Map<string, PodSample> {
  const samples = new Map<string, PodSample>();
  for (const { pod, atMs, windowMs, containers } of reading.pods) {
    const usage = containers.find(({ name }) => name === container)?.usage;
    if (usage !== undefined) {
      const valueMilli = milliValue(usage, 'usage', pod);
      samples.set(pod, sampleOf(valueMilli, pod, atMs, windowMs));
    }
  }
  return samples;
}

/**
 * Takes each pod's value; of several for one pod the last counts.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go GetRawMetric
 */
export function podMetricSamples(reading: PodsReading): Map<string, PodSample> {
  const samples = new Map<string, PodSample>();
  for (const { pod, value, atMs, windowMs = DEFAULT_CUSTOM_WINDOW_MS } of reading.values) {
    samples.set(pod, sampleOf(milliValue(value, 'value', pod), pod, atMs, windowMs));
  }
  return samples;
}

function sampleOf(valueMilli: Int64, pod: string, atMs: number, windowMs: number): PodSample {
  return {
    valueMilli,
    atMs: observedTimeMs(atMs, 'time of the sample', pod),
    windowMs: observedDurationMs(windowMs, 'window of the sample', pod),
  };
}

/** When the oldest of the samples was observed, in milliseconds since the epoch; undefined for none. */
export function oldestSampleAtMs(samples: PodSamples): number | undefined {
  if (samples.size === 0) return undefined;
  let oldestMs = Infinity;
  for (const { atMs } of samples.values()) oldestMs = Math.min(oldestMs, atMs);
  return oldestMs;
}
