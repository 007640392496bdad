import { BellowsError } from '@bellows/core';
import type { MetricSpec } from '../hpa-spec.ts';
import type { FailedReading, MetricReading, ObservedPod } from '../observation.ts';
import type { Profile } from '../profile.ts';
import type { Tolerances } from '../tolerance.ts';

/** What all metrics of one reconcile share. */
export interface MetricContext {
  readonly namespace: string;
  /** `scale.spec.replicas`. */
  readonly currentReplicas: number;
  /** `scale.status.replicas`. */
  readonly statusReplicas: number;
  readonly pods: readonly ObservedPod[];
  readonly tolerances: Tolerances;
  readonly profile: Profile;
  readonly nowMs: number;
}

/** One metric of the spec with its reading. */
export interface MetricInput {
  readonly spec: MetricSpec;
  readonly reading: MetricReading;
  /** Place in `spec.metrics`, from 0. */
  readonly index: number;
}

/**
 * Returns the reading if it has the kind that the metric's type needs, or failed.
 *
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` for any other kind.
 */
export function readingOfKind<Kind extends MetricReading['kind']>(
  { reading, spec, index }: MetricInput,
  kind: Kind,
): Extract<MetricReading, { kind: Kind }> | FailedReading {
  if (isOfKind(reading, kind) || isOfKind(reading, 'failed')) return reading;
  throw new BellowsError(
    'ERR_HPA_OBSERVATION',
    `Expected a reading of kind ${kind} for a metric of type ${spec.type}, got ${reading.kind}`,
    { place: { field: `metrics[${index}]` } },
  );
}

function isOfKind<Kind extends MetricReading['kind']>(
  reading: MetricReading,
  kind: Kind,
): reading is Extract<MetricReading, { kind: Kind }> {
  return reading.kind === kind;
}

/** Makes the error for a metric whose spec lacks what its type needs, which the API server rejects. */
export function incompleteMetric(index: number, field: string): BellowsError {
  return new BellowsError('ERR_HPA_SPEC', `Expected ${field} to be set`, {
    place: { field: `spec.metrics[${index}].${field}` },
    remedy: 'Check the spec with validateHpaSpec before deciding.',
  });
}
