import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { machineHas } from '@bellows/testkit';
import {
  parseProcessStat,
  readProcessMemory,
  readProcessStats,
} from '../../src/process/process-stat.ts';

const LINE =
  '42 (a) b (c)) S 7 42 41 0 -1 4194560 100 0 0 0 11 22 33 44 20 0 11 0 987 1000000 2000 18446744073709551615';

describe('parseProcessStat', () => {
  test('reads a line whose name holds spaces and parentheses', () => {
    expect(parseProcessStat(LINE)).toEqual({
      pid: 42,
      parentPid: 7,
      sessionId: 41,
      ownTicks: 33,
      childTicks: 77,
      startTicks: 987,
    });
  });

  test('gives nothing for a zombie or another form', () => {
    expect(parseProcessStat(LINE.replace(') S', ') Z'))).toBeUndefined();
    expect(parseProcessStat('')).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => parseProcessStat(text) === undefined));
  });
});

test.runIf(machineHas('linux'))('sees this very process', () => {
  const own = readProcessStats().find(({ pid }) => pid === process.pid);
  expect(own?.parentPid).toBe(process.ppid);
  expect(own?.ownTicks).toBeGreaterThan(0);
  const memory = readProcessMemory(process.pid);
  const residentBytes = process.memoryUsage.rss();
  const totalBytes = (memory?.privateBytes ?? 0) + (memory?.sharedBytes ?? 0);
  expect(totalBytes / residentBytes).toBeGreaterThan(0.8);
  expect(totalBytes / residentBytes).toBeLessThan(1.2);
});
