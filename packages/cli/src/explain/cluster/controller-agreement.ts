import type { Condition } from '@bellows/core';
import {
  observeStatus,
  type HpaStatus,
  type MetricStatus,
  type MetricValueStatus,
} from '@bellows/hpa';
import type { ClusterReading } from './read-cluster.ts';

/** One thing that the controller's status and our decision both have. */
export interface ComparedField {
  /** Path in the HPA's status. */
  readonly field: string;
  /** What the controller wrote at its last sync. */
  readonly controller: string;
  /** What is decided from what was read now. */
  readonly ours: string;
  /** Whether they are the same. */
  readonly agrees: boolean;
}

/** The controller's status beside ours. */
export interface ControllerAgreement {
  /** Whether the desired count is the same. */
  readonly agrees: boolean;
  /** The count that the controller wants; null when it has not written one. */
  readonly desiredReplicas: number | null;
  /** Field by field. */
  readonly fields: readonly ComparedField[];
  /** What can make the difference; empty when nothing differs. */
  readonly reasons: readonly string[];
}

const NOTHING = 'none';

/**
 * Compares the status that the controller wrote with the one that follows from what was read now, and says what may make them
 * differ.
 */
export function compareWithController(
  reading: ClusterReading,
  ours: HpaStatus,
): ControllerAgreement {
  const theirs = observeStatus(reading.hpa.status);
  const fields = [
    field('desiredReplicas', String(theirs.desiredReplicas), String(ours.desiredReplicas)),
    ...metricFields(theirs, ours),
    ...conditionFields(theirs, ours),
  ];
  // Until it has decided on a count for the first time, a controller that looks says 0.
  const hasDecided = theirs.desiredReplicas > 0 || theirs.currentReplicas === 0;
  return {
    agrees: theirs.desiredReplicas === ours.desiredReplicas,
    desiredReplicas: hasDecided && theirs.conditions.length > 0 ? theirs.desiredReplicas : null,
    fields,
    reasons: fields.every(({ agrees }) => agrees) ? [] : reasonsFor(reading, fields),
  };
}

function field(name: string, controller: string, ours: string): ComparedField {
  return { field: name, controller, ours, agrees: controller === ours };
}

function metricFields(theirs: HpaStatus, ours: HpaStatus): ComparedField[] {
  const count = Math.max(theirs.currentMetrics?.length ?? 0, ours.currentMetrics?.length ?? 0);
  return Array.from({ length: count }, (_, index) =>
    field(
      `currentMetrics[${index}]`,
      metricText(theirs.currentMetrics?.[index]),
      metricText(ours.currentMetrics?.[index]),
    ),
  );
}

/** A failed metric has an entry without a type. */
function metricText(metric: MetricStatus | undefined): string {
  const source = metric && (objectSource(metric) ?? resourceSource(metric));
  if (source === undefined) return NOTHING;
  const { averageUtilization, averageValue, value } = source.current;
  const percentage = averageUtilization === undefined ? undefined : `${averageUtilization}%`;
  return [source.name, percentage, averageValue ?? value].filter(Boolean).join(' ');
}

interface NamedCurrent {
  readonly name: string;
  readonly current: MetricValueStatus;
}

function resourceSource({ resource, containerResource }: MetricStatus): NamedCurrent | undefined {
  return resource ?? containerResource;
}

function objectSource({ pods, object, external }: MetricStatus): NamedCurrent | undefined {
  const source = pods ?? object ?? external;
  return source && { name: source.metric.name, current: source.current };
}

function conditionFields(theirs: HpaStatus, ours: HpaStatus): ComparedField[] {
  const types = [...new Set([...theirs.conditions, ...ours.conditions].map(({ type }) => type))];
  const textOf = ({ conditions }: HpaStatus, type: string): string => {
    const found = conditions.find((condition) => condition.type === type);
    return found === undefined ? NOTHING : `${found.status} ${found.reason}: ${found.message}`;
  };
  return types.map((type) =>
    field(`conditions[${type}]`, textOf(theirs, type), textOf(ours, type)),
  );
}

/** Everything that applies, the likeliest first. */
function reasonsFor(reading: ClusterReading, fields: readonly ComparedField[]): string[] {
  const status = observeStatus(reading.hpa.status);
  const isMetric = ({ field: name }: ComparedField): boolean => name.startsWith('currentMetrics');
  const applying = [
    ...timingReasons(reading, status),
    fields.some((compared) => isMetric(compared) && !compared.agrees) &&
      'a metric is not what it was when the controller last read it',
    status.conditions.some(hasFailed) &&
      'the controller failed at something that works for this user: its rights (system:serviceaccount:kube-system:horizontal-pod-autoscaler) or its connection to a metrics API; its events say more',
    isStabilized(fields) &&
      'the controller remembers recommendations that no API shows: a stabilization window holds with them, or without them here',
    hasPolicies(reading, sinceScaleSeconds(reading, status)) &&
      'the controller remembers what its scaling policies have used up, which no API shows',
  ].filter((reason) => reason !== false);
  return applying.length > 0 ? applying : [OTHER_CONTROLLER];
}

const OTHER_CONTROLLER =
  'the controller has other flags than were assumed (--horizontal-pod-autoscaler-…), another clock, or is of another version';

/** What was decided before what is seen now. */
function timingReasons(reading: ClusterReading, status: HpaStatus): (string | false)[] {
  const { generation } = reading.hpa.metadata;
  const syncPeriodSeconds = reading.autoscaler.profile?.syncPeriodSeconds ?? 15;
  const sinceSeconds = sinceScaleSeconds(reading, status);
  return [
    status.conditions.length === 0 && 'the controller has not looked at this HPA yet',
    isOlder(status.observedGeneration, generation) &&
      `the controller has not seen this spec yet (generation ${generation ?? 0}, its status is of ${status.observedGeneration ?? 0})`,
    sinceSeconds <= 2 * syncPeriodSeconds &&
      `the controller scaled ${Math.round(sinceSeconds)} s ago: its status is of before, and pods are still coming or going`,
  ];
}

/** By this machine's clock; not below 0, and infinite if it never scaled. */
function sinceScaleSeconds({ atMs }: ClusterReading, { lastScaleTimeMs }: HpaStatus): number {
  return lastScaleTimeMs === null ? Infinity : Math.max(0, (atMs - lastScaleTimeMs) / 1000);
}

function hasFailed({ status, reason }: Condition): boolean {
  return status === 'False' && reason.startsWith('Failed');
}

function isOlder(observed: number | undefined, generation: number | undefined): boolean {
  return observed !== undefined && generation !== undefined && observed < generation;
}

function isStabilized(fields: readonly ComparedField[]): boolean {
  return fields.some(
    ({ agrees, controller, ours }) => !agrees && `${controller} ${ours}`.includes('Stabilized'),
  );
}

function hasPolicies({ autoscaler }: ClusterReading, sinceScaleSeconds: number): boolean {
  const { scaleUp, scaleDown } = autoscaler.spec.behavior ?? {};
  const policies = [...(scaleUp?.policies ?? []), ...(scaleDown?.policies ?? [])];
  return policies.some(({ periodSeconds }) => periodSeconds >= sinceScaleSeconds);
}
