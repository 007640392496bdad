import { expect, test } from 'vitest';
import { createPlainOutput, tickLine } from '../../src/output/plain-output.ts';
import { collectLines } from '../fixtures/collected-lines.ts';
import { runReport } from '../fixtures/run-report.ts';
import { decision, NOON_MS, runView } from '../fixtures/run-view.ts';

test('a second is one line', () => {
  expect(tickLine(runView())).toBe(
    '12:01:23  1:23  shop ready 2/4 starting 2 terminating 1  load 91/s  sent 12,345  shed 2  lost 0  p50 1.8 ms  p99 9.3 ms',
  );
});

test('a second without a load is a line about the pods', () => {
  expect(tickLine(runView({ load: undefined }))).toBe(
    '12:01:23  1:23  shop ready 2/4 starting 2 terminating 1',
  );
});

test('decisions, events, logs, notices and summary are lines of their own', () => {
  const collected = collectLines();
  const output = createPlainOutput(collected, false);
  output.notice({ level: 'info', text: 'Assumed: port 8080' });
  output.notice({ level: 'warning', text: 'spec.volumes is ignored' });
  output.begin(runView);
  output.decision(decision(NOON_MS, 1, 2));
  output.event({
    atMs: NOON_MS,
    about: 'pod/shop-a',
    event: { type: 'Warning', reason: 'BackOff', message: 'restarting\nagain' },
  });
  output.log({ pod: 'shop-a', container: 'shop', stream: 'stdout', text: 'hello\u001b[2J' });
  output.end();
  output.tick();
  output.summary(runReport({ scaleEvents: [] }));
  expect(collected.lines.slice(0, 6)).toEqual([
    'Assumed: port 8080',
    'warning: spec.volumes is ignored',
    '12:00:00 hpa/shop ▲ 1 → 2: http_requests_per_second is 41.5 per pod, target 20',
    '12:00:00 pod/shop-a Warning BackOff: restarting again',
    'shop-a/shop hello',
    'requests  12,345 sent  12,340 answered  2 shed  0 lost',
  ]);
});

test('the first second is told after the addresses of the Services', () => {
  const collected = collectLines();
  const output = createPlainOutput(collected, false);
  output.begin(runView);
  output.tick();
  output.tick();
  expect(collected.lines.map((line) => line.slice(0, 30))).toEqual([
    'shop  http://127.0.0.1:8080',
    '12:01:23  1:23  shop ready 2/4',
    '12:01:23  1:23  shop ready 2/4',
  ]);
});

test('seconds and logs are left out where they are not read in time, and that is told', () => {
  const collected = collectLines();
  const output = createPlainOutput(collected, false);
  output.begin(runView);
  output.tick();
  collected.isLate = true;
  const before = collected.lines.length;
  output.tick();
  output.log({ pod: 'shop-a', container: 'shop', stream: 'stdout', text: 'hello' });
  output.decision(decision(NOON_MS, 1, 2));
  output.end();
  output.end();
  expect(collected.lines.slice(before)).toEqual([
    expect.stringContaining('hpa/shop ▲ 1 → 2'),
    'warning: 2 lines (seconds, logs) were left out: standard output was not read in time',
  ]);
});
