import { expect, test } from 'vitest';
import { createLiveOutput } from '../../src/output/live-output.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { runReport } from '../fixtures/run-report.ts';
import { runView } from '../fixtures/run-view.ts';

test('shows the run on the screen of its own, all else before and after it', () => {
  const seen: string[] = [];
  let resize = (): void => undefined;
  const screen: Screen = {
    size: () => ({ columns: 80, rows: 24 }),
    enter: (onResize) => {
      resize = onResize;
      seen.push('enter');
    },
    draw: (lines) => seen.push(`frame of ${lines.length} lines: ${lines[0]?.slice(0, 10) ?? ''}`),
    leave: () => seen.push('leave'),
    print: (line) => seen.push(line),
  };
  const output = createLiveOutput(screen, false);
  output.notice({ level: 'info', text: 'before' });
  output.begin(runView);
  output.notice({ level: 'warning', text: 'meanwhile' });
  resize();
  output.end();
  output.end();
  output.summary(runReport({ scaleEvents: [] }));
  expect(seen.filter((entry) => entry !== 'leave')).toEqual([
    'before',
    'enter',
    expect.stringMatching(/^frame of \d+ lines: bellows up$/),
    expect.stringMatching(/^frame of \d+ lines: bellows up$/),
    'warning: meanwhile',
    'requests  12,345 sent  12,340 answered  2 shed  0 lost',
    expect.stringMatching(/^latency/),
    expect.stringMatching(/^replicas/),
    'verdict   ✓ no request was lost',
  ]);
  expect(seen.indexOf('leave')).toBe(4);
});
