import { describe, expect, test } from 'vitest';
import { ReviewCache } from '../../src/auth/review-cache.ts';

/** Answers with how often it was asked. */
function counting(): { readonly ask: () => Promise<number>; readonly asked: () => number } {
  let asked = 0;
  return { ask: () => Promise.resolve((asked += 1)), asked: () => asked };
}

describe('ReviewCache', () => {
  test('keeps an answer for its time and asks again when that is over', async () => {
    let now = 0;
    const cache = new ReviewCache<number>(() => now);
    const { ask } = counting();
    expect(await cache.read('jane', ask, () => 10_000)).toBe(1);
    now = 9_999;
    expect(await cache.read('jane', ask, () => 10_000)).toBe(1);
    now = 10_000;
    expect(await cache.read('jane', ask, () => 10_000)).toBe(2);
  });

  test('keeps one that holds for no time not at all, and each key by itself', async () => {
    const cache = new ReviewCache<number>(() => 0);
    const { ask } = counting();
    expect(await cache.read('jane', ask, () => 0)).toBe(1);
    expect(await cache.read('jane', ask, () => 10)).toBe(2);
    expect(await cache.read('eve', ask, () => 10)).toBe(3);
    expect(await cache.read('jane', ask, () => 10)).toBe(2);
  });

  test('asks once for all who ask at the same time', async () => {
    const cache = new ReviewCache<number>();
    const { ask, asked } = counting();
    const reads = Array.from({ length: 20 }, () => cache.read('jane', ask, () => 0));
    expect(new Set(await Promise.all(reads))).toEqual(new Set([1]));
    expect(asked()).toBe(1);
  });

  test('refuses with 429 beyond a hundred reviews under way, and takes others when they end', async () => {
    const cache = new ReviewCache<string>();
    let letGo: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (letGo = resolve));
    const ask = async (): Promise<string> => {
      await gone;
      return 'yes';
    };
    const under = Array.from({ length: 100 }, (_, at) => cache.read(`user-${at}`, ask, () => 0));
    const beyond = cache.read('one-more', ask, () => 0);
    await expect(beyond).rejects.toMatchObject({ status: { code: 429 } });
    // Who asks what is under way needs no room.
    const same = cache.read('user-7', ask, () => 0);
    letGo();
    expect(await same).toBe('yes');
    await Promise.all(under);
    expect(await cache.read('one-more', ask, () => 0)).toBe('yes');
  });

  test('keeps no failure, and forgets all beyond its room rather than grow', async () => {
    const cache = new ReviewCache<number>(() => 0);
    await expect(
      cache.read(
        'jane',
        () => Promise.reject(new Error('gone')),
        () => 10,
      ),
    ).rejects.toThrow('gone');
    const { ask, asked } = counting();
    for (let at = 0; at <= 10_000; at += 1) await cache.read(`user-${at}`, ask, () => 10);
    expect(asked()).toBe(10_001);
    await cache.read('user-10000', ask, () => 10);
    expect(asked()).toBe(10_001);
    await cache.read('user-0', ask, () => 10);
    expect(asked()).toBe(10_002);
  });

  test('asks again while the API server is not there, three times at most', async () => {
    let tries = 0;
    const cache = new ReviewCache<string>();
    const flaky = (): Promise<string> => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('refused')) : Promise.resolve('yes');
    };
    expect(await cache.read('jane', flaky, () => 0)).toBe('yes');
    tries = -10;
    await expect(cache.read('jane', flaky, () => 0)).rejects.toThrow('refused');
    expect(tries).toBe(-7);
  });
});
