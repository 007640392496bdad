import { labelKeyProblems, labelValueProblems, type LabelSelector } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';

/** Reports the keys and values of a label map that are none. */
export function checkLabels(
  labels: Readonly<Record<string, string>>,
  path: FieldPath,
  report: ObjectReport,
): void {
  for (const [key, value] of Object.entries(labels)) {
    report.invalid(path.key(key), key, labelKeyProblems(key));
    report.invalid(path.key(key), value, labelValueProblems(value));
  }
}

/**
 * Reports what is wrong with a label selector.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/validation/validation.go ValidateLabelSelector
 */
export function checkSelector(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  path: FieldPath,
  report: ObjectReport,
): void {
  checkLabels(matchLabels, path.child('matchLabels'), report);
  for (const [index, { key, operator, values = [] }] of matchExpressions.entries()) {
    const at = path.child('matchExpressions').index(index);
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (takesValues && values.length === 0) {
      report.require(at.child('values'), "must be specified when `operator` is 'In' or 'NotIn'");
    }
    if (!takesValues && values.length > 0) {
      report.reject(
        at.child('values'),
        "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      );
    }
    report.invalid(at.child('key'), key, labelKeyProblems(key));
    for (const [position, value] of values.entries()) {
      report.invalid(at.child('values').index(position), value, labelValueProblems(value));
    }
  }
}
