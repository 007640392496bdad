import { describe, expect, test } from 'vitest';
import { machineHas, promtoolComplaints } from '../src/index.ts';

describe.runIf(machineHas('prometheus'))('promtoolComplaints', () => {
  test('is empty for a page that promtool accepts', () => {
    expect(promtoolComplaints('# HELP a_bytes Size.\n# TYPE a_bytes gauge\na_bytes 1\n')).toBe('');
  });

  test('names what is no page, and what is no good name', () => {
    expect(promtoolComplaints('a{ 1\n')).toContain('error while linting');
    expect(promtoolComplaints('# TYPE a counter\na 1\n')).toContain('a no help text');
  });
});
