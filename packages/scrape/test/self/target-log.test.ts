import { expect, test } from 'vitest';
import type { TargetChange } from '../../src/scraper.ts';
import { createTargetLog } from '../../src/self/target-log.ts';
import type { ScrapeFailureReason } from '../../src/target/scrape-error.ts';

const target = { podName: 'a', podUid: 'a', url: 'http://a/metrics' };

test('a change is told once, and a target that is gone is forgotten', () => {
  const told: TargetChange[] = [];
  const log = createTargetLog((change) => told.push(change));
  const scrape = (reason?: ScrapeFailureReason): void => {
    const failure = reason === undefined ? undefined : { reason, message: `failed: ${reason}` };
    log.add({ target, latenessSeconds: 0, durationSeconds: 0, failure });
  };
  scrape();
  scrape('timeout');
  scrape('timeout');
  scrape('status');
  scrape();
  scrape();
  scrape('status');
  log.forget(target);
  scrape();
  expect(told.map(({ message }) => message)).toEqual([
    'http://a/metrics failed: timeout',
    'http://a/metrics failed: status',
    'http://a/metrics is well again',
    'http://a/metrics failed: status',
  ]);
});
