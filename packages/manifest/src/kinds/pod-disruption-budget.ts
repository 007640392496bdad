import { FieldPath } from '../problem/field-path.ts';
import { record } from '../shape/record-shape.ts';
import { intOrStringShape } from '../shape/scalar-shapes.ts';
import { optional, plain } from '../shape/shape.ts';
import { checkSelector } from '../validation/labels.ts';
import { dns1123SubdomainProblems } from '../validation/names.ts';
import { checkCountOrPercent } from '../validation/numbers.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { PodDisruptionBudget } from './kinds.ts';
import { labelSelectorShape } from './label-selector-shape.ts';

const spec = record(
  'a map with selector and minAvailable or maxUnavailable',
  {
    selector: optional(labelSelectorShape),
    minAvailable: optional(intOrStringShape),
    maxUnavailable: optional(intOrStringShape),
  },
  { ignored: { unhealthyPodEvictionPolicy: 'No pod is evicted here.' } },
);

/**
 * `policy/v1 PodDisruptionBudget`.
 *
 * The API server takes one with neither `minAvailable` nor `maxUnavailable`; it allows nothing and is a
 * mistake, so it is one here.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/policy/validation/validation.go
 */
export const podDisruptionBudgetKind: KindReader = defineKind({
  kind: 'PodDisruptionBudget',
  apiVersion: 'policy/v1',
  fields: { spec: plain(spec) },
  nameProblems: dns1123SubdomainProblems,
  build: (value, base): PodDisruptionBudget => ({
    kind: 'PodDisruptionBudget',
    apiVersion: 'policy/v1',
    ...base,
    spec: value.spec,
  }),
  validate: ({ spec: { selector, minAvailable, maxUnavailable } }, report) => {
    const path = FieldPath.root.child('spec');
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      report.invalid(
        path,
        { minAvailable, maxUnavailable },
        ['minAvailable and maxUnavailable cannot be both set'],
        'Keep one of the two.',
      );
    }
    if (minAvailable === undefined && maxUnavailable === undefined) {
      report.require(path, 'must set minAvailable or maxUnavailable', 'Set maxUnavailable: 1.');
    }
    if (minAvailable !== undefined) {
      checkCountOrPercent(minAvailable, path.child('minAvailable'), report);
    }
    if (maxUnavailable !== undefined) {
      checkCountOrPercent(maxUnavailable, path.child('maxUnavailable'), report);
    }
    if (selector !== undefined) checkSelector(selector, path.child('selector'), report);
  },
});
