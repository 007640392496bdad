import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { percentProblems, portNameProblems, portNumberProblems } from './names.ts';

/** Reports a negative number. */
export function checkNotNegative(value: number, path: FieldPath, report: ObjectReport): void {
  if (value < 0) report.invalid(path, value, ['must be greater than or equal to 0']);
}

/** Reports what is neither a port's number nor a port's name. */
export function checkPortOrName(
  port: number | string,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (typeof port === 'number') report.invalid(path, port, portNumberProblems(port));
  else if (/^\d+$/.test(port)) {
    const remedy = 'A number in quotes is the name of a port: remove the quotes.';
    report.invalid(path, port, portNameProblems(port), remedy);
  } else report.invalid(path, port, portNameProblems(port));
}

/**
 * Reports what is neither a count of at least 0 nor a percentage from 0 to 100.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent
 */
export function checkCountOrPercent(
  value: number | string,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (typeof value === 'number') {
    checkNotNegative(value, path, report);
    return;
  }
  const problems = percentProblems(value);
  report.invalid(path, value, problems);
  if (problems.length === 0 && Number(value.slice(0, -1)) > 100) {
    report.invalid(path, value, ['must not be greater than 100%']);
  }
}
