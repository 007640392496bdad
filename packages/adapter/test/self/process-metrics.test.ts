import { writeExposition } from '@bellows/exposition';
import { promtoolComplaints } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { processMetrics } from '../../src/self/process-metrics.ts';

test('says what the process uses, under the usual names', () => {
  const page = writeExposition(processMetrics());
  expect(page).toMatch(/^process_resident_memory_bytes [1-9]/m);
  expect(page).toMatch(/^process_cpu_seconds_total [0-9.]+/m);
  expect(page).toContain(`nodejs_version_info{version="${process.version}"} 1\n`);
  expect(promtoolComplaints(page)).toBe('');
});
