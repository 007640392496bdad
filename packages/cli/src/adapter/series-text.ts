import type { RuleVerdict } from '@bellows/adapter';
import { formatPlace } from '@bellows/core';

/** What each rule makes of a series, for people: those that take it first, with their paths and queries. */
export function seriesText(series: string, verdicts: readonly RuleVerdict[]): string {
  const taking = verdicts.filter(({ refusal }) => refusal === undefined);
  const refusing = verdicts.filter(({ refusal }) => refusal !== undefined);
  const head =
    taking.length === 0
      ? `No rule takes ${series}.`
      : `${series} is taken by ${taking.map(({ part }) => part).join(' and ')}.`;
  return [
    head,
    ...taking.flatMap(takingLines),
    ...(refusing.length === 0 ? [] : ['', 'Not taken by:']),
    ...refusing.map(
      ({ part, place, refusal }) =>
        `  ${part} (${formatPlace({ ...place, field: '' })}): ${refusal ?? ''}`,
    ),
  ].join('\n');
}

function takingLines({ part, place, metric, served }: RuleVerdict): string[] {
  return [
    '',
    `${part} (${formatPlace({ ...place, field: '' })}) makes the metric ${metric ?? ''}:`,
    ...served.flatMap(({ path, query }) => [`  ${path}`, `    asks ${query}`]),
  ];
}
