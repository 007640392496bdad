import type { MetricIdentifier, MetricSpec } from '../hpa-spec.ts';
import { forbidden, required, unsupported, type HpaProblem } from './hpa-problem.ts';
import type { Loose } from './loose.ts';
import {
  validateExternalTarget,
  validateObjectTarget,
  validatePodsTarget,
  validateResourceTarget,
} from './validate-metric-target.ts';
import { validateDnsLabel, validatePathSegment } from './validate-name.ts';
import { validateReference } from './validate-reference.ts';
import { validateContainerResourceName } from './validate-resource-name.ts';

type LooseMetric = Loose<MetricSpec>;
type SourceField = 'object' | 'external' | 'pods' | 'resource' | 'containerResource';

const METRIC_TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];

const FIELD_BY_TYPE: Readonly<Record<string, SourceField>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

/** In the order in which the API server looks at them: it checks the first one that is there. */
const VALIDATORS: readonly {
  readonly source: SourceField;
  readonly validate: (field: string, metric: LooseMetric) => readonly HpaProblem[];
}[] = [
  { source: 'object', validate: validateObject },
  { source: 'external', validate: validateExternal },
  { source: 'pods', validate: validatePods },
  { source: 'resource', validate: validateResource },
  { source: 'containerResource', validate: validateContainerResource },
];

/**
 * Checks one entry of `spec.metrics`: its type, its one source, and that.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/validation/validation.go validateMetricSpec
 */
export function validateMetric(field: string, metric: LooseMetric): readonly HpaProblem[] {
  const type: string = metric.type ?? '';
  const expected = FIELD_BY_TYPE[type];
  const present = VALIDATORS.filter(({ source }) => isPresent(metric[source]));
  const problems: HpaProblem[] = [];
  if (type === '') problems.push(required(`${field}.type`, 'must specify a metric source type'));
  if (expected === undefined) problems.push(unsupported(`${field}.type`, type, METRIC_TYPES));
  const [first] = present;
  if (first !== undefined) problems.push(...first.validate(`${field}.${first.source}`, metric));
  if (expected !== undefined && !isPresent(metric[expected])) {
    const detail = 'must populate information for the given metric source';
    problems.push(required(`${field}.${expected}`, detail));
  }
  if (present.length > 1) {
    const others = present.filter(({ source }) => source !== expected);
    const detail = 'must populate the given metric source only';
    problems.push(...others.map(({ source }) => forbidden(`${field}.${source}`, detail)));
  }
  return problems;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function validateIdentifier(
  field: string,
  identifier: Loose<MetricIdentifier> | null | undefined,
): readonly HpaProblem[] {
  return validatePathSegment(`${field}.name`, identifier?.name, 'must specify a metric name');
}

function validateObject(field: string, { object }: LooseMetric): readonly HpaProblem[] {
  return [
    ...validateReference(`${field}.describedObject`, object?.describedObject ?? {}, true),
    ...validateIdentifier(`${field}.metric`, object?.metric),
    ...validateObjectTarget(`${field}.target`, object?.target ?? {}),
  ];
}

function validateExternal(field: string, { external }: LooseMetric): readonly HpaProblem[] {
  return [
    ...validateIdentifier(`${field}.metric`, external?.metric),
    ...validateExternalTarget(`${field}.target`, external?.target ?? {}),
  ];
}

function validatePods(field: string, { pods }: LooseMetric): readonly HpaProblem[] {
  return [
    ...validateIdentifier(`${field}.metric`, pods?.metric),
    ...validatePodsTarget(`${field}.target`, pods?.target ?? {}),
  ];
}

function validateResource(field: string, { resource }: LooseMetric): readonly HpaProblem[] {
  const name = resource?.name ?? '';
  return [
    ...(name === '' ? [required(`${field}.name`, 'must specify a resource name')] : []),
    ...validateResourceTarget(`${field}.target`, resource?.target ?? {}),
  ];
}

function validateContainerResource(
  field: string,
  { containerResource }: LooseMetric,
): readonly HpaProblem[] {
  const name = containerResource?.name ?? '';
  const container = containerResource?.container ?? '';
  return [
    ...(name === ''
      ? [required(`${field}.name`, 'must specify a resource name')]
      : validateContainerResourceName(`${field}.name`, name)),
    ...(container === ''
      ? [required(`${field}.container`, 'must specify a container')]
      : validateDnsLabel(`${field}.container`, container)),
    ...validateResourceTarget(`${field}.target`, containerResource?.target ?? {}),
  ];
}
