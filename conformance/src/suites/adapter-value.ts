import { externalValues, objectValues, type QueryResult, type QuerySample } from '@bellows/adapter';
import { BellowsError, parseLabelSelector, toLabelSelector } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import type { Answer } from '../expected-answer.ts';
import { text } from '../line-fields.ts';
import type { CheckResult } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, unknown>>;

/** What amd64 makes of a double that no int64 holds: an accident, which we answer as no value. */
const OVERFLOWN = '-9223372036854775808m';

/** The rule that all these lines are of. */
const METRIC = { name: 'http_requests_per_second', object: 'web-1', label: 'pod' } as const;

/**
 * A line of kind `value`: what becomes of Prometheus' answer. The time of a custom metric is 'now' upstream and
 * not recorded.
 */
export function checkAdapterValue(line: Line): CheckResult {
  const isCustom = line['api'] === 'custom';
  const expected = expectedAnswer(line, isCustom);
  return compareAnswers(expected, isCustom ? customAnswer(line) : externalAnswer(line));
}

function expectedAnswer({ items, status }: Line, isCustom: boolean): Answer {
  if (items === undefined) return { status };
  const kept = (items as Item[]).filter(({ value }) => value !== OVERFLOWN);
  return isCustom && kept.length === 0 ? { status: 404 } : { items: kept };
}

function customAnswer(line: Line): Answer {
  return statusOf(() => {
    const values = objectValues(resultOf(line), METRIC.label, [METRIC.object], 'zero');
    const value = values.get(METRIC.object);
    if (value?.kind !== 'value') return { status: 404 };
    const selector = parseLabelSelector(text(line, 'selector'));
    const item = {
      kind: 'Pod',
      namespace: 'shop',
      name: METRIC.object,
      apiVersion: '/v1',
      metric: METRIC.name,
      selector: selector.isEmpty ? null : toLabelSelector(selector),
      value: value.value.toString(),
    };
    return { items: [item] };
  });
}

function externalAnswer(line: Line): Answer {
  return statusOf(() => ({
    items: externalValues(resultOf(line)).flatMap(({ labels = null, value }) => {
      if (value.kind !== 'value') return [];
      const timestamp = new Date(value.atMs).toISOString().replace(/\.\d+Z$/, 'Z');
      return [{ metric: 'queue_depth', labels, timestamp, value: value.value.toString() }];
    }),
  }));
}

/** What cannot be answered is 500 upstream, also a selector that has no object form, which we answer with 400. */
function statusOf(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (BellowsError.is(error)) return { status: 500 };
    throw error;
  }
}

function resultOf(line: Line): QueryResult {
  const type = text(line, 'result');
  if (type === 'error') {
    throw new BellowsError('ERR_ADAPTER_RESULT', 'Prometheus answered an error');
  }
  const samples = (line['samples'] ?? []) as {
    labels?: QuerySample['labels'];
    v: string;
    ts?: number;
  }[];
  return {
    type: type as QueryResult['type'],
    samples: samples.map(({ labels = {}, v, ts = 0 }) => ({
      labels,
      value: Number(v.replace('Inf', 'Infinity')),
      timestampMs: ts,
    })),
  };
}
