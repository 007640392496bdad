import { expect, test } from 'vitest';
import type { MetricSpec } from '@bellows/hpa';
import { incompleteMetric, readingOfKind } from '../../src/metrics/metric-context.ts';

const spec: MetricSpec = {
  type: 'External',
  external: { metric: { name: 'queue' }, target: { type: 'Value', value: '1' } },
};

test('lets a reading of the right kind and a failed one pass', () => {
  const reading = { kind: 'external', series: ['1'] } as const;
  const failed = { kind: 'failed', error: 'no' } as const;
  expect(readingOfKind({ spec, reading, index: 0 }, 'external')).toBe(reading);
  expect(readingOfKind({ spec, reading: failed, index: 0 }, 'external')).toBe(failed);
});

test('refuses a reading of another kind, and says where it is', () => {
  const reading = { kind: 'object', value: '1' } as const;
  expect(() => readingOfKind({ spec, reading, index: 2 }, 'external')).toThrow(
    expect.objectContaining({
      code: 'ERR_HPA_OBSERVATION',
      message: 'Expected a reading of kind external for a metric of type External, got object',
      place: { field: 'metrics[2]' },
    }),
  );
});

test('names the field that a metric lacks', () => {
  expect(incompleteMetric(1, 'pods')).toMatchObject({
    code: 'ERR_HPA_SPEC',
    place: { field: 'spec.metrics[1].pods' },
    remedy: 'Check the spec with validateHpaSpec before deciding.',
  });
});
