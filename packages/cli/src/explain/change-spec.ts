import { BellowsError } from '@bellows/core';
import {
  defaultHpaSpec,
  validateHpaSpec,
  type HpaSpec,
  type MetricSpec,
  type MetricTarget,
} from '@bellows/hpa';

/** What `--set` can change, and how. */
const SETTINGS: Readonly<Record<string, (spec: HpaSpec, value: string) => HpaSpec>> = {
  target: (spec, value) => withTarget(spec, onlyMetric(spec), value),
  minReplicas: (spec, value) => ({ ...spec, minReplicas: Number(value) }),
  maxReplicas: (spec, value) => ({ ...spec, maxReplicas: Number(value) }),
  scaleUpWindow: (spec, value) => withWindow(spec, 'scaleUp', value),
  scaleDownWindow: (spec, value) => withWindow(spec, 'scaleDown', value),
  tolerance: (spec, value) => ({
    ...spec,
    behavior: {
      scaleUp: { ...spec.behavior?.scaleUp, tolerance: value },
      scaleDown: { ...spec.behavior?.scaleDown, tolerance: value },
    },
  }),
};

/** Names of what `--set` can change. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS);

/**
 * Changes a spec as `--set NAME=VALUE` asks for.
 *
 * @throws BellowsError `ERR_CLI_USAGE` for an unknown name, `ERR_HPA_SPEC` if the spec is no longer valid.
 */
export function changeSpec(spec: HpaSpec, settings: readonly string[]): HpaSpec {
  let changed = spec;
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const name = setting.slice(0, Math.max(0, at));
    const change = changeNamed(name);
    const value = setting.slice(at + 1).trim();
    if (change === undefined || value === '') {
      throw usageError(
        `Expected --set NAME=VALUE with a name of ${SETTING_NAMES.join(', ')} or target.METRIC, got ${setting}`,
        'Write --set target=60',
      );
    }
    changed = change(changed, value);
  }
  const defaulted = defaultHpaSpec(changed);
  const [problem] = validateHpaSpec(defaulted);
  if (problem === undefined) return defaulted;
  throw new BellowsError('ERR_HPA_SPEC', problem.message, { place: { field: problem.field } });
}

function changeNamed(name: string): ((spec: HpaSpec, value: string) => HpaSpec) | undefined {
  const metric = /^target\.(.+)$/.exec(name)?.[1];
  if (metric !== undefined) {
    return (spec, value) => withTarget(spec, metricNamed(spec, metric), value);
  }
  return Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
}

/** Of several metrics it would not be clear whose target is meant. */
function onlyMetric({ metrics = [] }: HpaSpec): number {
  if (metrics.length === 1) return 0;
  throw usageError(
    `Expected the name of a metric, since the HPA has ${metrics.length}: ${metrics.map(nameOf).join(', ')}`,
    `Write --set target.${nameOf(metrics[0])}=60`,
  );
}

function metricNamed({ metrics = [] }: HpaSpec, name: string): number {
  const index = metrics.findIndex((metric) => nameOf(metric) === name);
  if (index >= 0) return index;
  throw usageError(
    `Expected a metric of the HPA, got ${name}`,
    `It has ${metrics.map(nameOf).join(', ')}`,
  );
}

/** As the spec spells it, without its kind. */
function nameOf(metric: MetricSpec | undefined): string {
  const { resource, containerResource, pods, object, external } = metric ?? {};
  const source = pods ?? object ?? external;
  return source?.metric.name ?? (resource ?? containerResource)?.name ?? 'unnamed';
}

function withTarget(spec: HpaSpec, index: number, value: string): HpaSpec {
  const change = (target: MetricTarget): MetricTarget => changeTarget(target, value);
  const metrics = (spec.metrics ?? []).map((metric, place) => {
    if (place !== index) return metric;
    const { resource, containerResource, pods, object, external } = metric;
    return {
      ...metric,
      ...(resource && { resource: { ...resource, target: change(resource.target) } }),
      ...(containerResource && {
        containerResource: { ...containerResource, target: change(containerResource.target) },
      }),
      ...(pods && { pods: { ...pods, target: change(pods.target) } }),
      ...(object && { object: { ...object, target: change(object.target) } }),
      ...(external && { external: { ...external, target: change(external.target) } }),
    };
  });
  return { ...spec, metrics };
}

/** The value keeps its kind; a percentage may be written with its sign. */
function changeTarget(target: MetricTarget, value: string): MetricTarget {
  if (target.averageUtilization !== undefined) {
    return { ...target, averageUtilization: Number(value.replace(/%$/, '')) };
  }
  return target.averageValue === undefined
    ? { ...target, value }
    : { ...target, averageValue: value };
}

function withWindow(spec: HpaSpec, direction: 'scaleUp' | 'scaleDown', value: string): HpaSpec {
  const stabilizationWindowSeconds = Number(value.replace(/s$/, ''));
  const rules = { ...spec.behavior?.[direction], stabilizationWindowSeconds };
  return { ...spec, behavior: { ...spec.behavior, [direction]: rules } };
}

function usageError(message: string, remedy: string): BellowsError {
  return new BellowsError('ERR_CLI_USAGE', message, { remedy });
}
