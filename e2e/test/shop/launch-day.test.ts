import { expect, test } from 'vitest';
import { launchDay } from '../../src/shop/launch-day.ts';

test('the day comes again after its last second, as busy as asked for', () => {
  const { points, requests } = launchDay({ days: 2, factor: 3 });
  expect(requests).toHaveLength(2);
  const [sunrise] = points;
  expect(sunrise).toEqual({ atSeconds: 0, requestsPerSecond: 33.7 * 3 });
  expect(points[151]).toEqual({ ...sunrise, atSeconds: 151 });
  expect(points.at(-1)).toEqual({ atSeconds: 302, requestsPerSecond: 5.2 * 3 });
});

test('its last rate goes on in the evening', () => {
  const { points } = launchDay({ eveningSeconds: 600 });
  expect(points.at(-1)).toEqual({ atSeconds: 751, requestsPerSecond: 5.2 });
});
