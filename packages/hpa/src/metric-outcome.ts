import type { MetricStatus } from './hpa-status.ts';
import type { MetricTrace } from './decision-trace.ts';

/** A value, or the text of the error that took its place, as the controller's Go functions return them. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

/** An error as a value. */
export interface Failure {
  readonly ok: false;
  /** As the controller words it, with the prefixes of the functions it came through. */
  readonly error: string;
  /** Where it began: the error without prefixes. */
  readonly cause: string;
}

/** Makes a successful {@link Outcome}. */
export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Makes a failed {@link Outcome}. */
export function fail(error: string): Failure {
  return { ok: false, error, cause: error };
}

/** Passes a failure on with a prefix, as Go does with `%w`. */
export function prefixed(prefix: string, { error, cause }: Failure): Failure {
  return { ok: false, error: `${prefix}: ${error}`, cause };
}

/** What one metric of the spec gave. */
export type MetricOutcome = MetricResult | MetricFailure;

/** A metric that proposes a replica count. */
export interface MetricResult {
  readonly ok: true;
  readonly replicas: number;
  /** Name as the HPA's messages spell it. */
  readonly metric: string;
  readonly status: MetricStatus;
  /** Makes the metric's part of the trace; only called when somebody asks. */
  readonly trace: () => MetricTrace;
}

/** A metric that could not be computed. */
export interface MetricFailure {
  readonly ok: false;
  /** Reason of the event and of the condition ScalingActive, such as `FailedGetPodsMetric`. */
  readonly reason: string;
  /** Message of the event, and second half of the condition's. */
  readonly error: string;
  /** The error with the prefixes of all callers, as it goes into the reconcile's error. */
  readonly fullError: string;
  /** Makes the metric's part of the trace; only called when somebody asks. */
  readonly trace: () => MetricTrace;
}
