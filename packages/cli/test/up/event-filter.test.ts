import { expect, test } from 'vitest';
import { createEventFilter } from '../../src/up/event-filter.ts';

const seen = (
  atMs: number,
  message: string,
): Parameters<ReturnType<typeof createEventFilter>>[0] => ({
  atMs,
  about: 'pod/shop-a',
  event: { type: 'Warning', reason: 'Unhealthy', message },
});

test('the same event is told once a minute', () => {
  const isNew = createEventFilter();
  expect(isNew(seen(0, 'a'))).toBe(true);
  expect(isNew(seen(59_999, 'a'))).toBe(false);
  expect(isNew(seen(59_999, 'b'))).toBe(true);
  expect(isNew(seen(60_000, 'a'))).toBe(true);
});

test('each start and end of a container is told', () => {
  const isNew = createEventFilter();
  const ended = { ...seen(0, 'a'), event: { ...seen(0, 'a').event, reason: 'ContainerDied' } };
  expect([isNew(ended), isNew(ended)]).toEqual([true, true]);
});

test('any number of different events is remembered in bounds', () => {
  const isNew = createEventFilter();
  for (let index = 0; index < 2000; index += 1) isNew(seen(index, `message ${index}`));
  expect(isNew(seen(2000, 'message 1999'))).toBe(false);
  expect(isNew(seen(2000, 'message 0'))).toBe(true);
});
