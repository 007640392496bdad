import type { MetricSource } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { mapOf, stringListShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, int32Shape, numberShape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, type Shape } from '../shape/shape.ts';

/** Longest window, in seconds: what older samples say is no news to an autoscaler. */
const MAX_WINDOW_SECONDS = 3_600;

/** Where metrics come from, by their names. */
export const metricSourcesShape: Shape<Readonly<Record<string, MetricSource>>> = mapOf(
  record('a map with series, as, windowSeconds, quantile, sumBy or across', {
    series: optional(stringShape),
    as: optional(enumShape(['value', 'rate', 'increase', 'avg', 'max', 'quantile'], 'value')),
    windowSeconds: optional(int32Shape),
    quantile: optional(numberShape),
    sumBy: optional(stringListShape),
    across: optional(enumShape(['sum', 'avg', 'max'], 'sum')),
  }),
);

/** Reports what is wrong with where one metric comes from. */
export function checkMetricSource(
  source: MetricSource,
  path: FieldPath,
  report: ObjectReport,
): void {
  const { series, as, sumBy = [], across } = source;
  if (series === '') {
    report.require(path.child('series'), '', 'Name a series, or remove the field.');
  }
  checkWindow(source, path.child('windowSeconds'), report);
  checkQuantile(source, path.child('quantile'), report);
  for (const [index, label] of sumBy.entries()) {
    if (label !== '') continue;
    report.require(path.child('sumBy').index(index), '', 'Name a label, or remove the item.');
  }
  if (as === 'quantile' && across === 'sum') {
    const remedy = 'Write max or avg, or remove it: all histograms are one without sumBy.';
    report.reject(path.child('across'), 'a sum of quantiles means nothing', remedy);
  }
}

function checkWindow(
  { as, windowSeconds }: MetricSource,
  at: FieldPath,
  report: ObjectReport,
): void {
  if (windowSeconds === undefined) return;
  if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
    report.invalid(at, windowSeconds, [`must be between 1 and ${MAX_WINDOW_SECONDS}, inclusive`]);
  } else if (as === 'value') {
    report.reject(at, 'a window has no meaning with as: value', 'Remove it, or write as: rate.');
  }
}

function checkQuantile({ as, quantile }: MetricSource, at: FieldPath, report: ObjectReport): void {
  if (quantile === undefined) return;
  if (as !== 'quantile') {
    report.reject(
      at,
      'it has no meaning without as: quantile',
      'Remove it, or write as: quantile.',
    );
  } else if (!(quantile > 0 && quantile < 1)) {
    report.invalid(at, quantile, ['must be above 0 and below 1']);
  }
}
