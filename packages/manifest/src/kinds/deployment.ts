import { BellowsError, selectorFromLabelSelector, type LabelSelector } from '@bellows/core';
import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { buildTemplate, checkTemplate, podTemplateShape } from '../pod/pod-template.ts';
import { record } from '../shape/record-shape.ts';
import { int32Shape } from '../shape/scalar-shapes.ts';
import { optional, plain, unused } from '../shape/shape.ts';
import { checkSelector } from '../validation/labels.ts';
import { dns1123SubdomainProblems } from '../validation/names.ts';
import { checkNotNegative } from '../validation/numbers.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { Deployment } from './kinds.ts';
import { labelSelectorShape } from './label-selector-shape.ts';

const ROLLOUT = 'Manifests are read once, at the start: there is no rollout.';

const spec = record(
  'a map with selector and template',
  {
    replicas: optional(int32Shape),
    selector: plain(labelSelectorShape),
    template: plain(podTemplateShape),
    minReadySeconds: plain(unused(int32Shape, 'A pod counts as available as soon as it is ready.')),
  },
  {
    ignored: {
      strategy: ROLLOUT,
      revisionHistoryLimit: ROLLOUT,
      paused: ROLLOUT,
      progressDeadlineSeconds: ROLLOUT,
    },
  },
);

/**
 * `apps/v1 Deployment`.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/apps/v1/defaults.go SetDefaults_Deployment and
 *   pkg/apis/apps/validation/validation.go ValidateDeploymentSpec
 */
export const deploymentKind: KindReader = defineKind({
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  fields: { spec: plain(spec) },
  nameProblems: dns1123SubdomainProblems,
  build: (value, base): Deployment => ({
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    ...base,
    spec: {
      replicas: value.spec.replicas ?? 1,
      selector: value.spec.selector,
      template: buildTemplate(value.spec.template),
      minReadySeconds: value.spec.minReadySeconds,
    },
  }),
  validate: (deployment, report, value) => {
    const path = FieldPath.root.child('spec');
    checkNotNegative(deployment.spec.replicas, path.child('replicas'), report);
    checkNotNegative(deployment.spec.minReadySeconds, path.child('minReadySeconds'), report);
    checkDeploymentSelector(deployment, path, report);
    checkTemplate(value.spec.template, path.child('template'), report);
  },
});

function checkDeploymentSelector(
  { spec: { selector, template } }: Deployment,
  path: FieldPath,
  report: ObjectReport,
): void {
  const at = path.child('selector');
  const { matchLabels = {}, matchExpressions = [] } = selector;
  checkSelector(selector, at, report);
  if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
    report.require(
      at,
      'empty selector is invalid for deployment',
      'Give it matchLabels that the pod template has too.',
    );
    return;
  }
  const { labels } = template.metadata;
  if (selects(selector, labels) !== false) return;
  report.invalid(
    path.child('template', 'metadata', 'labels'),
    labels,
    ['`selector` does not match template `labels`'],
    `Add the labels of spec.selector to the pod template: ${JSON.stringify(matchLabels)}.`,
  );
}

/** Undefined for a selector that is none: that has been said. */
function selects(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean | undefined {
  try {
    return selectorFromLabelSelector(selector).matches(labels);
  } catch (error) {
    if (BellowsError.is(error)) return undefined;
    throw error;
  }
}
