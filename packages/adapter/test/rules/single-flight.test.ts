import { expect, test } from 'vitest';
import { SingleFlight } from '../../src/rules/single-flight.ts';

const NEVER = new AbortController().signal;

test('runs once for all who ask at the same time, and again for who comes later', async () => {
  const flights = new SingleFlight<number>();
  let runs = 0;
  let resolve: (value: number) => void = () => undefined;
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  const run = (): Promise<number> => {
    runs += 1;
    return promise;
  };
  const both = [flights.share('a', run, NEVER), flights.share('a', run, NEVER)];
  expect(flights.has('a')).toBe(true);
  resolve(5);
  expect(await Promise.all(both)).toEqual([5, 5]);
  expect(runs).toBe(1);
  expect(flights.has('a')).toBe(false);
  await flights.share('a', run, NEVER);
  expect(runs).toBe(2);
});

test('ends the work when nobody waits any more, and not before', async () => {
  const flights = new SingleFlight<never>();
  let ended = false;
  const run = (signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ended = true;
        reject(new Error('ended'));
      });
    });
  const [one, other] = [new AbortController(), new AbortController()];
  const waits = [flights.share('a', run, one.signal), flights.share('a', run, other.signal)];
  one.abort(new Error('gave up'));
  await expect(waits[0]).rejects.toThrow('gave up');
  expect(ended).toBe(false);
  other.abort(new Error('gave up, too'));
  await expect(waits[1]).rejects.toThrow('gave up, too');
  expect(ended).toBe(true);
  await expect(flights.share('a', run, one.signal)).rejects.toThrow('gave up');
});

test('gives a failure to all', async () => {
  const flights = new SingleFlight<never>();
  const run = (): Promise<never> => Promise.reject(new Error('no'));
  const both = [flights.share('a', run, NEVER), flights.share('a', run, NEVER)];
  for (const wait of both) await expect(wait).rejects.toThrow('no');
});
