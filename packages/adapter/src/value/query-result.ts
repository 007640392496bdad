import { BellowsError } from '@bellows/core';

/** One sample of Prometheus' answer. */
export interface QuerySample {
  /** With `__name__`, if the query left it; empty for a scalar. */
  readonly labels: Readonly<Record<string, string>>;
  /** As Prometheus gave it; may be NaN or infinite. */
  readonly value: number;
  /** In milliseconds since the epoch. */
  readonly timestampMs: number;
}

/** Prometheus' answer to an instant query. */
export interface QueryResult {
  /** What the expression evaluates to. */
  readonly type: 'vector' | 'scalar' | 'matrix' | 'string';
  /** In the order of the answer; a scalar is one sample. */
  readonly samples: readonly QuerySample[];
}

/** The error of an answer that is of no use for what was asked. */
export function resultError(expected: string, { type }: QueryResult): BellowsError {
  return new BellowsError(
    'ERR_ADAPTER_RESULT',
    `Expected ${expected} from the query, got a ${type}`,
    {
      remedy: 'Let metricsQuery make an instant vector, such as sum(…) by (<<.GroupBy>>).',
    },
  );
}
