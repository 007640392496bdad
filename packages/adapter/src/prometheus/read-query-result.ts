import type { QueryResult, QuerySample } from '../value/query-result.ts';
import { notAnAnswer } from './read-envelope.ts';

const NOT_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
};
const TYPES = ['vector', 'scalar', 'matrix', 'string'] as const;

/**
 * The answer to an instant query. A native histogram has no single value and is left out.
 *
 * @param data - `data` of the answer.
 * @throws BellowsError `ERR_ADAPTER_SOURCE` for another form.
 * @see prometheus/common v0.73.1 model/value.go
 */
export function readQueryResult(data: unknown): QueryResult {
  const { resultType, result } = (data ?? {}) as { resultType?: unknown; result?: unknown };
  const type = TYPES.find((one) => one === resultType);
  if (type === undefined) throw notAnAnswer();
  if (type === 'scalar') return { type, samples: [sampleOf({}, result)] };
  if (type !== 'vector') return { type, samples: [] };
  if (!Array.isArray(result)) throw notAnAnswer();
  return { type, samples: (result as unknown[]).flatMap(vectorSample) };
}

function vectorSample(item: unknown): QuerySample[] {
  if (typeof item !== 'object' || item === null) throw notAnAnswer();
  const { metric, value } = item as { metric?: unknown; value?: unknown };
  if (value === undefined) return [];
  return [sampleOf((metric ?? {}) as Record<string, string>, value)];
}

function sampleOf(labels: Readonly<Record<string, string>>, pair: unknown): QuerySample {
  if (!Array.isArray(pair)) throw notAnAnswer();
  const [seconds, text] = pair as unknown[];
  const value = typeof text === 'string' ? readValue(text) : undefined;
  if (typeof seconds !== 'number' || value === undefined) throw notAnAnswer();
  return { labels, value, timestampMs: Math.round(seconds * 1000) };
}

function readValue(text: string): number | undefined {
  if (Object.hasOwn(NOT_FINITE, text)) return NOT_FINITE[text];
  return /^[-+]?[\d.]+(?:e[-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}
