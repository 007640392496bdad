import { missing, observed } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { CpuWindow } from '../../src/resource/cpu-window.ts';

const START_MS = 1_700_000_000_000;

/** Samples every second from `fromSecond` to `toSecond`, at a steady number of cores from second 0 on. */
function sample(window: CpuWindow, [fromSecond, toSecond]: [number, number], cores: number): void {
  for (let second = fromSecond; second <= toSecond; second += 1) {
    window.add(observed(second * cores, START_MS + second * 1000));
  }
}

describe('CpuWindow', () => {
  test('is missing before the first sample', () => {
    expect(new CpuWindow().usage()).toEqual(missing('not sampled yet'));
  });

  test('is missing until it covers 10 s', () => {
    const window = new CpuWindow();
    sample(window, [0, 9], 0.5);
    expect(window.usage()).toEqual(missing('sampled for 9 s, needs 10 s'));
    sample(window, [10, 10], 0.5);
    expect(window.usage()).toEqual(observed({ cores: 0.5, windowMs: 10_000 }, START_MS + 10_000));
  });

  test('covers the last 15 s and no more', () => {
    const window = new CpuWindow();
    sample(window, [0, 60], 1);
    // Idle from second 60 on: after 10 s a third of the window is still busy.
    for (let second = 61; second <= 70; second += 1) {
      window.add(observed(60, START_MS + second * 1000));
    }
    expect(window.usage()).toEqual(
      observed({ cores: 5 / 15, windowMs: 15_000 }, START_MS + 70_000),
    );
  });

  test('starts at the container’s start, where its CPU time was zero', () => {
    const window = new CpuWindow();
    window.add(observed(1, START_MS + 2000), START_MS);
    window.add(observed(5, START_MS + 10_000), START_MS);
    expect(window.usage()).toEqual(observed({ cores: 0.5, windowMs: 10_000 }, START_MS + 10_000));
  });

  test('starts anew when the container has restarted', () => {
    const window = new CpuWindow();
    sample(window, [0, 20], 1);
    window.add(observed(0.1, START_MS + 21_000));
    expect(window.usage()).toEqual(missing('sampled for 0 s, needs 10 s'));
    window.add(observed(30, START_MS + 22_000), START_MS + 21_500);
    expect(window.usage()).toEqual(missing('sampled for 0.5 s, needs 10 s'));
  });

  test('is missing while the last sample is, and goes on after it', () => {
    const window = new CpuWindow();
    sample(window, [0, 14], 1);
    window.add(missing('no such process'));
    expect(window.usage()).toEqual(missing('no such process'));
    sample(window, [15, 15], 1);
    expect(window.usage()).toEqual(observed({ cores: 1, windowMs: 15_000 }, START_MS + 15_000));
  });

  test('ignores a sample that is not newer', () => {
    const window = new CpuWindow();
    sample(window, [0, 15], 1);
    window.add(observed(99, START_MS + 15_000));
    expect(window.usage()).toEqual(observed({ cores: 1, windowMs: 15_000 }, START_MS + 15_000));
  });
});
