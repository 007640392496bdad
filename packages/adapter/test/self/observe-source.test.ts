import { BellowsError, missing, observed, Quantity, parseLabelSelector } from '@bellows/core';
import { writeExposition } from '@bellows/exposition';
import { describe, expect, test } from 'vitest';
import type { MetricProblem } from '../../src/self/metric-problem.ts';
import { observeSource } from '../../src/self/observe-source.ts';
import { SelfMetrics } from '../../src/self/self-metrics.ts';
import type { ExternalReading, Source } from '../../src/source/source.ts';

const NOW_MS = 1_700_000_000_000;
const ASKED = { metric: 'lag', namespace: 'shop', selector: parseLabelSelector('') };

function sourceThat(read: () => Promise<readonly ExternalReading[] | undefined>): Source {
  return {
    name: 'kafka',
    external: { list: () => ['lag'], read },
    start: () => undefined,
    isReady: () => true,
    state: () => [{ part: 'group orders', problem: 'no broker answers' }],
    stop: () => Promise.resolve(),
  };
}

function observing(read: () => Promise<readonly ExternalReading[] | undefined>): {
  readonly source: Source;
  readonly problems: MetricProblem[];
  readonly page: () => string;
} {
  const metrics = new SelfMetrics(() => NOW_MS);
  const problems: MetricProblem[] = [];
  const source = observeSource(sourceThat(read), {
    metrics,
    onProblem: (problem) => problems.push(problem),
  });
  const page = (): string =>
    writeExposition(metrics.read({ sources: [source], isConfigCurrent: true }));
  return { source, problems, page };
}

const reading = (value: ExternalReading['value']): ExternalReading => ({ labels: {}, value });
const signal = new AbortController().signal;

describe('observeSource', () => {
  test('counts the age of each value', async () => {
    const { source, problems, page } = observing(() =>
      Promise.resolve([reading(observed(Quantity.parse('3'), NOW_MS - 2_000))]),
    );
    expect(await source.external?.read(ASKED, signal)).toHaveLength(1);
    expect(problems).toEqual([]);
    expect(page()).toContain('bellows_adapter_sample_age_seconds{source="kafka"} 2\n');
    expect(page()).toContain(
      'metrics_apiserver_metric_freshness_seconds_sum{group="external.metrics.k8s.io"} 2\n',
    );
  });

  test('tells of an error with its remedy, and throws it on', async () => {
    const { source, problems, page } = observing(() =>
      Promise.reject(new BellowsError('ERR_ADAPTER_SOURCE', 'stale', { remedy: 'Wait.' })),
    );
    await expect(source.external?.read(ASKED, signal)).rejects.toThrow('stale');
    expect(problems).toMatchObject([
      { metric: 'lag', namespace: 'shop', reason: 'MetricUnreadable', remedy: 'Wait.' },
    ]);
    expect(page()).toContain(
      'bellows_adapter_source_errors_total{source="kafka",code="ERR_ADAPTER_SOURCE"} 1\n',
    );
  });

  test('keeps what is no error of Bellows out of what people are told', async () => {
    const { source, problems } = observing(() => Promise.reject(new Error('password=secret')));
    await expect(source.external?.read(ASKED, signal)).rejects.toThrow('password');
    expect(problems[0]?.message).not.toContain('secret');
  });

  test('tells of a metric that has no value but missing ones', async () => {
    const { source, problems, page } = observing(() =>
      Promise.resolve([reading(missing('value is NaN'))]),
    );
    await source.external?.read(ASKED, signal);
    expect(problems).toMatchObject([
      { reason: 'MetricMissing', message: 'no value: value is NaN' },
    ]);
    expect(page()).toContain('bellows_adapter_missing_values_total{source="kafka"} 1\n');
  });

  test('shows what each part of a source says of itself', () => {
    const { page } = observing(() => Promise.resolve(undefined));
    expect(page()).toContain('bellows_adapter_source_up{source="kafka",part="group orders"} 0\n');
    expect(page()).toContain(
      'bellows_adapter_registry_metrics{group="external.metrics.k8s.io",source="kafka"} 1\n',
    );
  });
});
