import { defaultHpaSpec } from '@bellows/hpa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { question } from '../../../src/fuzz/generator/question.ts';

const sample = fc.sample(question, { seed: 3, numRuns: 1000 });

describe('question', () => {
  test('has later ticks later, and a reading for each metric of the spec of the time', () => {
    fc.assert(
      fc.property(question, ({ hpa, ticks }) => {
        let { spec } = hpa;
        let at = -1;
        let readings = -1;
        for (const tick of ticks) {
          spec = tick.hpa?.spec ?? spec;
          readings = tick.metrics?.length ?? readings;
          expect(tick.at).toBeGreaterThan(at);
          expect(readings).toBe(defaultHpaSpec(spec).metrics?.length);
          at = tick.at;
        }
      }),
    );
  });

  test('covers all sources, phases, triggers and kinds of targets', () => {
    const text = sample.map((each) => JSON.stringify(each)).join('\n');
    const parts = [
      ...['"Resource"', '"ContainerResource"', '"Pods"', '"Object"', '"External"'],
      ...['"Pending"', '"Running"', '"Succeeded"', '"Failed"', '"Unknown"'],
      ...['"specChange"', '"restart"', '"recreate"', '"recreateAfterGap"'],
      ...['"Utilization"', '"Value"', '"AverageValue"', '"behavior"', '"tolerance"'],
      ...['"scaleWriteError"', '"deletionTimestamp"', '"otherHpas"', '"initialMemory"'],
    ];
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
  });

  test('reads in later ticks what was written in the one before', () => {
    const followed = sample.flatMap(({ ticks }) => ticks.slice(1)).map(({ scale }) => scale);
    expect(new Set(followed.map((scale) => scale?.specReplicas)).size).toBeGreaterThan(20);
  });
});
