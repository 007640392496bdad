import { BellowsError } from '@bellows/core';

/** One sample of Prometheus' answer. */
export interface QuerySample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** In milliseconds since the epoch. */
  readonly timestampMs: number;
}

/** Prometheus' answer to an instant query. */
export interface QueryResult {
  readonly type: 'vector' | 'scalar' | 'matrix' | 'string';
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
