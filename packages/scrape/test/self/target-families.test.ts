import { writeExposition } from '@bellows/exposition';
import { expect, test } from 'vitest';
import { targetFamilies } from '../../src/self/target-families.ts';

const NOW_MS = 100_000;

test('a target has its state, a failing one its reason, one not scraped yet nothing', () => {
  const target = (
    podName: string,
    namespace?: string,
  ): { podName: string; podUid: string; url: string } => ({
    podName,
    podUid: podName,
    url: `http://${podName}/metrics`,
    ...(namespace !== undefined && { namespace }),
  });
  const up = { isUp: true, lastPageAtMs: 99_500, durationSeconds: 0.01, failure: undefined };
  const failure = { reason: 'timeout', message: 'did not answer within 900 ms' } as const;
  const down = { isUp: false, lastPageAtMs: undefined, durationSeconds: 0.9, failure };
  const fresh = {
    isUp: undefined,
    lastPageAtMs: undefined,
    durationSeconds: undefined,
    failure: undefined,
  };
  const families = targetFamilies(
    [
      { target: target('a', 'shop'), state: up },
      { target: target('b'), state: down },
      { target: target('c'), state: fresh },
    ],
    NOW_MS,
  );
  const samples = writeExposition(families)
    .split('\n')
    .filter((line) => !line.startsWith('#') && line !== '');
  expect(samples).toEqual([
    'bellows_scrape_target_up{namespace="shop",pod="a",url="http://a/metrics"} 1',
    'bellows_scrape_target_up{pod="b",url="http://b/metrics"} 0',
    'bellows_scrape_target_sample_age_seconds{namespace="shop",pod="a",url="http://a/metrics"} 0.5',
    'bellows_scrape_target_duration_seconds{namespace="shop",pod="a",url="http://a/metrics"} 0.01',
    'bellows_scrape_target_duration_seconds{pod="b",url="http://b/metrics"} 0.9',
    'bellows_scrape_target_failing{pod="b",url="http://b/metrics",reason="timeout"} 1',
  ]);
});
