import { writeExposition, type MetricFamily } from '@bellows/exposition';
import { expect, test } from 'vitest';
import { partMetrics, sourceFamilies } from '../../src/self/part-metrics.ts';
import { memorySource } from '../fixtures/memory-source.ts';

test('says of each part how it does; what is not measured has no series', () => {
  const state = () => [
    { part: 'rules[0]', lastSuccessMs: 4_000, durationMs: 250, errors: new Map([['ERR_X', 2]]) },
    { part: 'rules[1]', problem: 'down' },
  ];
  const page = writeExposition(partMetrics([{ ...memorySource(), name: 'a', state }]));
  expect(page).toContain('bellows_adapter_source_up{source="a",part="rules[0]"} 1\n');
  expect(page).toContain('bellows_adapter_source_up{source="a",part="rules[1]"} 0\n');
  expect(page).toContain(
    'bellows_adapter_relist_duration_seconds{source="a",rule="rules[0]"} 0.25\n',
  );
  expect(page).not.toContain('relist_duration_seconds{source="a",rule="rules[1]"}');
  expect(page).toContain('rule_errors_total{source="a",rule="rules[0]",reason="ERR_X"} 2\n');
});

test('has a family of several sources once', () => {
  const families = (value: number) => (): MetricFamily[] => [
    {
      name: 'targets',
      type: 'gauge',
      help: 'x',
      samples: [{ name: 'targets', labels: {}, value }],
    },
  ];
  const sources = [1, 2].map((value) => ({
    ...memorySource(),
    ...{ name: `s${value}`, families: families(value) },
  }));
  expect(writeExposition(sourceFamilies(sources, 0))).toBe(
    '# HELP targets x\n# TYPE targets gauge\ntargets{source="s1"} 1\ntargets{source="s2"} 2\n',
  );
});
