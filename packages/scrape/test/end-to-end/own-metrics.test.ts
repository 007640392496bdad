import { writeExposition } from '@bellows/exposition';
import { machineHas, promtoolComplaints, waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createScraper } from '../../src/index.ts';
import { serveMetrics } from '../fixtures/metrics-server.ts';

if (machineHas('prometheus')) {
  test('promtool has nothing to say against what the scraper says of itself', async () => {
    const pod = await serveMetrics('queue_length 3\n');
    const scraper = createScraper({ intervalMs: 50, timeoutMs: 2000 });
    scraper.setMetrics([{ name: 'queue_length' }]);
    const target = { podUid: 'u', namespace: 'shop' };
    scraper.setTargets([
      { ...target, podName: 'good', url: pod.url },
      { ...target, podName: 'bad', url: `http://127.0.0.1:1/"\\metrics` },
    ]);
    scraper.start();
    const page = await waitUntil('a good and a failed scrape', () => {
      const text = writeExposition(scraper.metrics(Date.now()));
      return text.includes('} 1') && text.includes('reason="connect"} 1') ? text : undefined;
    });
    await scraper.stop();
    await pod.close();
    expect(promtoolComplaints(page)).toBe('');
  });
}
