import type { Probe } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { record } from '../shape/record-shape.ts';
import { int32Shape, int64Shape } from '../shape/scalar-shapes.ts';
import { optional, orDefault, plain, presence, type Shape } from '../shape/shape.ts';
import { checkNotNegative } from '../validation/numbers.ts';
import { checkExactlyOne, execShape, httpGetShape, tcpSocketShape, checkAction } from './action.ts';

/** A probe's defaults. @see kubernetes/kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Probe */
export const PROBE_DEFAULTS = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
} as const;

const fields = {
  exec: optional(execShape),
  httpGet: optional(httpGetShape),
  tcpSocket: optional(tcpSocketShape),
  grpc: plain(
    presence(
      'gRPC probes are not made: this probe is left out, so a readiness probe counts as passed as soon as the container runs and a liveness probe never restarts it.',
    ),
  ),
  initialDelaySeconds: plain(int32Shape),
  timeoutSeconds: orDefault(int32Shape, PROBE_DEFAULTS.timeoutSeconds),
  periodSeconds: orDefault(int32Shape, PROBE_DEFAULTS.periodSeconds),
  successThreshold: orDefault(int32Shape, PROBE_DEFAULTS.successThreshold),
  failureThreshold: orDefault(int32Shape, PROBE_DEFAULTS.failureThreshold),
  terminationGracePeriodSeconds: optional(int64Shape),
};

/** `v1 Probe` as it is written. */
export interface GivenProbe extends Probe {
  /** Whether it is a gRPC probe, which is not made. */
  readonly grpc: boolean;
}

/** `v1 Probe`. */
export const probeShape: Shape<GivenProbe> = record('a probe', fields);

/** The probe that is made; undefined for a gRPC probe, which is not. */
export function buildProbe(given: GivenProbe | undefined): Probe | undefined {
  if (given === undefined) return undefined;
  const { grpc, ...probe } = given;
  return grpc ? undefined : probe;
}

/** Which probe of a container. */
export type ProbeRole = 'startupProbe' | 'readinessProbe' | 'livenessProbe';

/**
 * Reports what the API server refuses in a probe.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateProbe
 */
export function checkProbe(
  given: GivenProbe,
  role: ProbeRole,
  path: FieldPath,
  report: ObjectReport,
): void {
  checkExactlyOne(given, ['exec', 'httpGet', 'tcpSocket', 'grpc'], path, report);
  checkAction(given, path, report);
  const numbers = [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const;
  for (const name of numbers) checkNotNegative(given[name], path.child(name), report);
  if (role !== 'readinessProbe' && given.successThreshold > 1) {
    report.invalid(path.child('successThreshold'), given.successThreshold, ['must be 1']);
  }
  checkGracePeriod(given.terminationGracePeriodSeconds, role, path, report);
}

function checkGracePeriod(
  seconds: number | undefined,
  role: ProbeRole,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (seconds === undefined) return;
  const at = path.child('terminationGracePeriodSeconds');
  if (seconds <= 0) report.invalid(at, seconds, ['must be greater than 0']);
  if (role === 'readinessProbe') {
    report.invalid(at, seconds, ['must not be set for readinessProbes'], 'Remove the field.');
  }
}
