import { BellowsError, Quantity } from '@bellows/core';
import type { HpaSpec, MetricSpec, MetricTarget, ScalingRules } from './hpa-spec.ts';

/** CPU utilization that an HPA without metrics aims at, in percent of the requests. */
const DEFAULT_CPU_UTILIZATION_PERCENT = 80;

const DEFAULT_METRIC: MetricSpec = {
  type: 'Resource',
  resource: {
    name: 'cpu',
    target: { type: 'Utilization', averageUtilization: DEFAULT_CPU_UTILIZATION_PERCENT },
  },
};

const DEFAULT_SCALE_UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};

/** Without a window: that is a flag of the controller. */
const DEFAULT_SCALE_DOWN: ScalingRules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/**
 * Fills in what the API server fills in, and writes quantities as it does. A `behavior`, even an
 * empty one, gets both directions; an absent one stays absent, which is another algorithm.
 *
 * @returns A new spec. Quantities that cannot be read stay as they are; `validateHpaSpec` names them.
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/v2/defaults.go
 */
export function defaultHpaSpec(spec: HpaSpec): HpaSpec {
  const { behavior } = spec;
  const metrics = spec.metrics?.length ? spec.metrics.map(writtenMetric) : [DEFAULT_METRIC];
  return {
    ...spec,
    minReplicas: spec.minReplicas ?? 1,
    metrics,
    ...(behavior !== undefined && {
      behavior: {
        scaleUp: fillRules(behavior.scaleUp, DEFAULT_SCALE_UP),
        scaleDown: fillRules(behavior.scaleDown, DEFAULT_SCALE_DOWN),
      },
    }),
  };
}

/** A field that is given replaces the default's as a whole: one policy of one's own leaves none of those. */
function fillRules(rules: ScalingRules | undefined, defaults: ScalingRules): ScalingRules {
  if (rules === undefined) return defaults;
  const { tolerance } = rules;
  return {
    ...defaults,
    ...rules,
    ...(tolerance !== undefined && { tolerance: writtenQuantity(tolerance) }),
  };
}

function writtenMetric(metric: MetricSpec): MetricSpec {
  const { resource, containerResource, pods, object, external } = metric;
  return {
    ...metric,
    ...(resource && { resource: withWrittenTarget(resource) }),
    ...(containerResource && { containerResource: withWrittenTarget(containerResource) }),
    ...(pods && { pods: withWrittenTarget(pods) }),
    ...(object && { object: withWrittenTarget(object) }),
    ...(external && { external: withWrittenTarget(external) }),
  };
}

function withWrittenTarget<Source extends { readonly target: MetricTarget }>(
  source: Source,
): Source {
  const { value, averageValue } = source.target;
  const target: MetricTarget = {
    ...source.target,
    ...(value !== undefined && { value: writtenQuantity(value) }),
    ...(averageValue !== undefined && { averageValue: writtenQuantity(averageValue) }),
  };
  return { ...source, target };
}

/** Mostly the canonical form; but what looks canonical to the API server, such as `1.001`, stays as it was. */
function writtenQuantity(text: string): string {
  try {
    return Quantity.parse(text).toString();
  } catch (error) {
    if (BellowsError.is(error)) return text;
    throw error;
  }
}
