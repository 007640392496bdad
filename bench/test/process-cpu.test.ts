import { machineHas } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { processCpuSeconds } from '../src/process-cpu.ts';

test.runIf(machineHas('linux'))('agrees with what Node says of itself', () => {
  const before = processCpuSeconds(process.pid);
  const start = process.cpuUsage();
  const endMs = performance.now() + 200;
  while (performance.now() < endMs) Math.hypot(1, 2);
  const { user, system } = process.cpuUsage(start);
  expect(processCpuSeconds(process.pid) - before).toBeCloseTo((user + system) / 1e6, 1);
});

test('throws for a process that does not exist', () => {
  expect(() => processCpuSeconds(2 ** 30)).toThrow('ENOENT');
});
