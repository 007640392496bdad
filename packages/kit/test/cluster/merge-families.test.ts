import { expect, test } from 'vitest';
import { parseExposition, writeExposition } from '@bellows/exposition';
import { lastingFamilies, mergeFamilies } from '../../src/cluster/merge-families.ts';

const page = (text: string) => [...parseExposition(Buffer.from(text))];
const merged = (...texts: string[]): string => writeExposition(mergeFamilies(texts.map(page)));

test('counters, histograms and gauges of amounts add up by their labels', () => {
  const one = `# TYPE requests_total counter
requests_total{route="/"} 3
# TYPE seconds histogram
seconds_bucket{le="0.5"} 2
seconds_bucket{le="+Inf"} 3
seconds_sum 4
seconds_count 3
# TYPE in_flight gauge
in_flight 2
`;
  const other = one.replace('requests_total{route="/"} 3', 'requests_total{route="/items"} 5');
  expect(merged(one, other)).toBe(`# TYPE requests_total counter
requests_total{route="/"} 3
requests_total{route="/items"} 5
# TYPE seconds histogram
seconds_bucket{le="0.5"} 4
seconds_bucket{le="+Inf"} 6
seconds_sum 8
seconds_count 6
# TYPE in_flight gauge
in_flight 4
`);
});

test('of ages the worst one counts, and what is said of the whole is said once', () => {
  const text = (age: number, phase: string): string => `# TYPE queue_oldest_item_age_seconds gauge
queue_oldest_item_age_seconds ${age}
# TYPE bellows_phase gauge
bellows_phase{phase="${phase}"} 1
# TYPE cgroup_cpu_usage_seconds_total counter
cgroup_cpu_usage_seconds_total 7
`;
  expect(merged(text(3, 'ready'), text(9, 'starting'))).toBe(text(9, 'ready'));
});

test('quantiles of several processes are left out, their sum and count are not', () => {
  const text = `# TYPE size summary
size{quantile="0.5"} 3
size_sum 10
size_count 2
`;
  expect(merged(text)).toBe(text);
  expect(merged(text, text)).toBe('# TYPE size summary\nsize_sum 20\nsize_count 4\n');
});

test('only what never falls outlasts a process', () => {
  const families = lastingFamilies(
    page(`# TYPE a_total counter
a_total 1
# TYPE b gauge
b 2
# TYPE cgroup_cpu_usage_seconds_total counter
cgroup_cpu_usage_seconds_total 7
`),
  );
  expect(families.map(({ name }) => name)).toEqual(['a_total']);
});
