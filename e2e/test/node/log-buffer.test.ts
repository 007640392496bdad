import { expect, test } from 'vitest';
import { createLogBuffer, MAX_LOG_CHARACTERS, type LogLine } from '../../src/node/log-buffer.ts';

test('gives the newest lines, those since a time, and those to come until its end', () => {
  const log = createLogBuffer();
  for (const atMs of [1, 2, 3]) log.add({ atMs, text: `line ${atMs}` });
  const texts = (lines: readonly LogLine[]): string[] => lines.map(({ text }) => text);
  expect(texts(log.lines({}))).toEqual(['line 1', 'line 2', 'line 3']);
  expect(texts(log.lines({ tailLines: 1 }))).toEqual(['line 3']);
  expect(texts(log.lines({ tailLines: 0 }))).toEqual([]);
  expect(texts(log.lines({ sinceMs: 2 }))).toEqual(['line 2', 'line 3']);

  const told: string[] = [];
  const follower = { line: ({ text }: LogLine) => told.push(text), end: () => told.push('end') };
  const stop = log.follow(follower);
  log.add({ atMs: 4, text: 'line 4' });
  stop();
  log.add({ atMs: 5, text: 'line 5' });
  log.follow(follower);
  log.close();
  log.follow(follower);
  expect(told).toEqual(['line 4', 'end', 'end']);
});

test('forgets the oldest when there is too much', () => {
  const log = createLogBuffer();
  const text = 'x'.repeat(16_384);
  for (let atMs = 0; atMs < 500; atMs++) log.add({ atMs, text });
  const kept = log.lines({});
  expect(kept.at(-1)?.atMs).toBe(499);
  expect(kept.length * text.length).toBeLessThanOrEqual(MAX_LOG_CHARACTERS);
  expect(kept.length).toBeGreaterThan(20);
});
