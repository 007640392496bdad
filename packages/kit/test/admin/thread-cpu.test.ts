import { expect, test } from 'vitest';
import { threadCpuSeconds } from '../../src/admin/thread-cpu.ts';

test('the CPU time of a thread grows with its work', () => {
  const before = threadCpuSeconds();
  expect(before).toBeGreaterThan(0);
  const endMs = performance.now() + 200;
  while (performance.now() < endMs);
  expect(threadCpuSeconds()).toBeGreaterThan(before);
});
