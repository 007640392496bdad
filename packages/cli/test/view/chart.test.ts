import { describe, expect, test } from 'vitest';
import { chartLines, type ChartPoint } from '../../src/view/chart.ts';
import { paintLine } from '../../src/view/line.ts';

function draw(points: readonly ChartPoint[], columns: number, rows: number): string[] {
  return chartLines(points, columns, rows).map((line) => paintLine(line, false));
}

describe('chartLines', () => {
  test('fills columns up to the demand and draws the capacity as a line', () => {
    const points = [0, 10, 20, 30, 40].map((demand) => ({ demand, capacity: 20 }));
    expect(draw(points, 8, 4)).toEqual([
      '40┤    █', // the newest point is at the right
      '  │   ██',
      '  │──━━━',
      ' 0┤ ████',
    ]);
  });

  test('draws nothing where demand and capacity are not known', () => {
    const points = [{ demand: undefined, capacity: undefined }];
    expect(draw(points, 8, 2)).toEqual(['1┤      ', '0┤      ']);
  });

  test('squeezes a history that is longer than the chart, keeping its peaks', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({
      demand: index === 33 ? 10 : 0,
      capacity: undefined,
    }));
    const [top] = draw(points, 13, 2);
    expect(top).toBe('10┤   █      ');
  });

  test('is left out where there is no room', () => {
    expect(draw([{ demand: 1, capacity: 1 }], 5, 4)).toEqual([]);
    expect(draw([{ demand: 1, capacity: 1 }], 40, 0)).toEqual([]);
  });
});
