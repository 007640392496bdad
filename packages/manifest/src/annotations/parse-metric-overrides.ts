import { BellowsError, type MetricSource } from '@bellows/core';
import type { HorizontalPodAutoscaler } from '../kinds/kinds.ts';
import { FieldPath } from '../problem/field-path.ts';
import { formatProblem, type Problem } from '../problem/problem.ts';
import { mapOf } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, int32Shape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, type Shape } from '../shape/shape.ts';
import { METRICS_ANNOTATION } from './annotation-names.ts';
import { readAnnotation, withoutFile } from './read-annotation.ts';

/** Longest window, in seconds: what older samples say is no news to an autoscaler. */
const MAX_WINDOW_SECONDS = 3_600;

const overridesShape: Shape<Readonly<Record<string, MetricSource>>> = mapOf(
  record('a map with series, as or windowSeconds', {
    series: optional(stringShape),
    as: optional(enumShape(['value', 'rate'], 'value')),
    windowSeconds: optional(int32Shape),
  }),
);

/**
 * Reads the text of `bellows.dev/metrics`: one YAML map from a metric's name to where it comes from.
 *
 * @returns The readable overrides, by the metric's name, and what is wrong, placed inside the text.
 */
export function parseMetricOverrides(text: string): {
  readonly overrides: ReadonlyMap<string, MetricSource>;
  readonly problems: readonly Problem[];
} {
  const { value, problems, report } = readAnnotation(text, overridesShape);
  if (report === undefined) return { overrides: new Map(), problems };
  for (const [name, { series, as, windowSeconds }] of Object.entries(value)) {
    const path = FieldPath.root.child(name);
    if (series === '')
      report.require(path.child('series'), '', 'Name a series, or remove the field.');
    if (windowSeconds === undefined) continue;
    const at = path.child('windowSeconds');
    if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
      report.invalid(at, windowSeconds, [`must be between 1 and ${MAX_WINDOW_SECONDS}, inclusive`]);
    } else if (as === 'value') {
      report.reject(at, 'a window has no meaning with as: value', 'Remove it, or write as: rate.');
    }
  }
  return { overrides: new Map(Object.entries(value)), problems: report.problems.map(withoutFile) };
}

/**
 * Overrides of an HPA's metrics by name; empty without the annotation `bellows.dev/metrics`.
 *
 * @throws BellowsError `ERR_MANIFEST_ANNOTATION` when the annotation cannot be read. An HPA that
 *   `parseManifests` returned has one that can.
 */
export function metricOverrides(
  hpa: Pick<HorizontalPodAutoscaler, 'metadata' | 'source'>,
): ReadonlyMap<string, MetricSource> {
  const text = hpa.metadata.annotations[METRICS_ANNOTATION];
  if (text === undefined) return new Map();
  const { overrides, problems } = parseMetricOverrides(text);
  throwProblems(problems, METRICS_ANNOTATION, hpa.source);
  return overrides;
}

/** @throws BellowsError `ERR_MANIFEST_ANNOTATION` if there are problems. */
export function throwProblems(
  problems: readonly Problem[],
  annotation: string,
  source?: { readonly file: string; readonly line: number },
): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new BellowsError(
    'ERR_MANIFEST_ANNOTATION',
    `Annotation ${annotation}: ${problems.map(formatProblem).join(' ')}`,
    {
      place: { ...source, field: `metadata.annotations[${annotation}]` },
      ...(first.remedy !== undefined && { remedy: first.remedy }),
    },
  );
}
