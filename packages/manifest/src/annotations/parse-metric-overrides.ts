import { BellowsError, type MetricSource } from '@bellows/core';
import type { HorizontalPodAutoscaler } from '../kinds/kinds.ts';
import { FieldPath } from '../problem/field-path.ts';
import { formatProblem, type Problem } from '../problem/problem.ts';
import { METRICS_ANNOTATION } from './annotation-names.ts';
import { checkMetricSource, metricSourcesShape } from './metric-source-shape.ts';
import { readAnnotation, withoutFile } from './read-annotation.ts';

/** What a text of `bellows.dev/metrics` says. */
export interface MetricOverrides {
  /** Those that can be read, by the metric's name. */
  readonly overrides: ReadonlyMap<string, MetricSource>;
  /** What is wrong, placed inside the text. */
  readonly problems: readonly Problem[];
}

/** Reads the text of `bellows.dev/metrics`: one YAML map from a metric's name to where it comes from. */
export function parseMetricOverrides(text: string): MetricOverrides {
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
