import { nearestSpelling } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import type { Problem } from '../problem/problem.ts';
import {
  BELLOWS_ANNOTATIONS,
  COMMAND_ANNOTATION,
  METRICS_ANNOTATION,
  WORKING_DIRECTORY_ANNOTATION,
  type AnnotationHolder,
} from './annotation-names.ts';
import { parseCommand } from './parse-command.ts';
import { parseMetricOverrides } from './parse-metric-overrides.ts';
import { parseWorkingDirectory } from './parse-working-directory.ts';

const PREFIX = 'bellows.dev/';

const PARSERS: Readonly<
  Record<string, (text: string) => { readonly problems: readonly Problem[] }>
> = {
  [METRICS_ANNOTATION]: parseMetricOverrides,
  [COMMAND_ANNOTATION]: parseCommand,
  [WORKING_DIRECTORY_ANNOTATION]: parseWorkingDirectory,
};

/**
 * Reports `bellows.dev/…` annotations that do not exist, stand on the wrong object or cannot be read.
 *
 * @param path - Of the annotations.
 */
export function checkBellowsAnnotations(
  annotations: Readonly<Record<string, string>>,
  holder: AnnotationHolder,
  path: FieldPath,
  report: ObjectReport,
): void {
  for (const [name, text] of Object.entries(annotations)) {
    if (!name.startsWith(PREFIX)) continue;
    const at = path.key(name);
    const holders = Object.hasOwn(BELLOWS_ANNOTATIONS, name)
      ? BELLOWS_ANNOTATIONS[name]
      : undefined;
    if (holders === undefined) {
      const known = Object.keys(BELLOWS_ANNOTATIONS);
      const ownNames = known.map((one) => one.slice(PREFIX.length));
      const nearest = nearestSpelling(name.slice(PREFIX.length), ownNames);
      report.reject(
        at,
        `unknown annotation ${JSON.stringify(name)}`,
        nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${PREFIX}${nearest}?`,
      );
    } else if (!holders.includes(holder)) {
      const owners = holders.map((owner) =>
        owner === 'pod template' ? `the ${owner}` : `a ${owner}`,
      );
      report.reject(
        at,
        `${name} has no meaning on a ${holder}`,
        `Move it to ${owners.join(' or ')}.`,
      );
    } else {
      for (const problem of PARSERS[name]?.(text).problems ?? []) report.problemInside(at, problem);
    }
  }
}
