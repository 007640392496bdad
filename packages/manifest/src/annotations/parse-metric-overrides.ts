import { BellowsError, type MetricSource } from '@bellows/core';
import type { HorizontalPodAutoscaler } from '../kinds/kinds.ts';
import { FieldPath } from '../problem/field-path.ts';
import { formatProblem, type Problem } from '../problem/problem.ts';
import { METRICS_ANNOTATION } from './annotation-names.ts';
import { checkMetricSource, metricSourcesShape } from './metric-source-shape.ts';
import { readAnnotation, withoutFile } from './read-annotation.ts';

/**
 * Reads the text of `bellows.dev/metrics`: one YAML map from a metric's name to where it comes from.
 *
 * @returns The readable overrides, by the metric's name, and what is wrong, placed inside the text.
 */
export function parseMetricOverrides(text: string): {
  readonly overrides: ReadonlyMap<string, MetricSource>;
  readonly problems: readonly Problem[];
} {
  const { value, problems, report } = readAnnotation(text, metricSourcesShape);
  if (report === undefined) return { overrides: new Map(), problems };
  for (const [name, source] of Object.entries(value)) {
    checkMetricSource(source, FieldPath.root.child(name), report);
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
