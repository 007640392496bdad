import { describe, expect, test } from 'vitest';
import { summaryLines } from '../../src/report/summary.ts';
import { runReport } from '../fixtures/run-report.ts';
import { loadAccount, NOON_MS } from '../fixtures/run-view.ts';

describe('summaryLines', () => {
  test('tells requests, latency, replicas and each scale event with its delays', () => {
    expect(summaryLines(runReport(), false)).toEqual([
      'requests  12,345 sent  12,340 answered  2 shed  0 lost',
      'latency   p50 1.8 ms  p90 4.2 ms  p99 12 ms',
      'replicas  min 1  max 4  final 1  412 replica-seconds in 3:02',
      'scaling   12:00:45 shop 1 → 4  load change to decision 9.8 s  to ready 0.7 s  to first request served 0.9 s',
      '          12:02:30 shop 4 → 1  (another cause)',
      'verdict   ✓ no request was lost',
    ]);
  });

  test('tells losses by kind, with the first ones, and what was not kept', () => {
    const account = loadAccount();
    const report = runReport({
      verdict: { kept: false, broken: ['3 of 12,345 requests were lost', 'it did not scale in'] },
      requests: {
        ...account,
        lost: 3,
        lostBy: { ...account.lostBy, reset: { newConnection: 1, reusedConnection: 2 } },
        losses: [
          {
            atMs: NOON_MS,
            kind: 'reset',
            request: 'GET /items/7',
            reusedConnection: true,
            detail: 'ECONNRESET',
          },
        ],
      },
    });
    const lines = summaryLines(report, false);
    expect(lines).toContain('          lost: reset 1 on a new, 2 on a reused connection');
    expect(lines).toContain('          12:00:00 reset: GET /items/7: ECONNRESET');
    expect(lines.at(-1)).toBe('verdict   ✗ 3 of 12,345 requests were lost  ✗ it did not scale in');
  });

  test('tells a run without a load by what ended it', () => {
    const { requests, latencySeconds, ...report } = runReport({ scaleEvents: [] });
    expect([requests, latencySeconds]).not.toContain(undefined);
    expect(summaryLines({ ...report, endedBy: 'SIGINT' }, false)).toEqual([
      'replicas  min 1  max 4  final 1  412 replica-seconds in 3:02',
      'verdict   ✓ ended by SIGINT',
    ]);
  });

  test('breaks between its parts on a narrow terminal', () => {
    expect(summaryLines(runReport(), false, 60).slice(3, 6)).toEqual([
      'scaling   12:00:45 shop 1 → 4  load change to decision 9.8 s',
      '          to ready 0.7 s  to first request served 0.9 s',
      '          12:02:30 shop 4 → 1  (another cause)',
    ]);
    expect(summaryLines(runReport(), false, 20)).toEqual([
      'requests 12,345 sent',
      '  12,340 answered',
      '  2 shed  0 lost',
      'latency p50 1.8 ms',
      '  p90 4.2 ms',
      '  p99 12 ms',
      'replicas min 1',
      '  max 4  final 1',
      '  412',
      '  replica-seconds in',
      '  3:02',
      'scaling 12:00:45 ',
      '  shop 1 → 4',
      '  load change to',
      '  decision 9.8 s',
      '  to ready 0.7 s',
      '  to first request',
      '  served 0.9 s',
      '  12:02:30 shop 4 →',
      '  1',
      '  (another cause)',
      'verdict ✓ no request',
      '  was lost',
    ]);
  });
});
