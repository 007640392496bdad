import { FakeClock, waitUntil } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { createMetricEvents, type MetricEvents } from '../../src/self/metric-events.ts';
import type { MetricProblem } from '../../src/self/metric-problem.ts';
import { startObjectApi, type ObjectApi } from '../fixtures/object-api.ts';

const SHOP = { namespace: 'shop', name: 'web', uid: 'uid-1' };
const PROBLEM: MetricProblem = {
  group: 'custom.metrics.k8s.io',
  namespace: 'shop',
  metric: 'queue_length',
  source: 'prometheus',
  reason: 'MetricUnreadable',
  message: 'Prometheus cannot be asked',
  remedy: 'Check that it runs.',
};

function eventsFor(api: ObjectApi, clock: FakeClock, count = 1): MetricEvents {
  return createMetricEvents({
    client: api.client,
    autoscalersOf: () =>
      Array.from({ length: count }, (_, index) => ({ ...SHOP, uid: `uid-${index}` })),
    log: () => undefined,
    now: clock.now,
  });
}

describe('createMetricEvents', () => {
  test('writes an Event with reason and remedy on the autoscaler that names the metric', async () => {
    await using api = await startObjectApi();
    const events = eventsFor(api, new FakeClock());
    events.report(PROBLEM);
    await events.stop();
    expect([...api.objects.values()]).toMatchObject([
      {
        involvedObject: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' },
        type: 'Warning',
        reason: 'MetricUnreadable',
        message:
          'custom.metrics.k8s.io cannot give queue_length: Prometheus cannot be asked; Check that it runs.',
        count: 1,
      },
    ]);
  });

  test('says the same again five minutes later, by counting', async () => {
    await using api = await startObjectApi();
    const clock = new FakeClock();
    const events = eventsFor(api, clock);
    events.report(PROBLEM);
    await waitUntil('the first Event', () => api.objects.size === 1, { timeoutMs: 30_000 });
    events.report(PROBLEM);
    clock.advanceMs(300_000);
    events.report(PROBLEM);
    await events.stop();
    expect(api.requests.filter((request) => request.startsWith('POST'))).toHaveLength(2);
    expect([...api.objects.values()]).toMatchObject([{ count: 2 }]);
  });

  test('two replicas write one Event', async () => {
    await using api = await startObjectApi();
    const clock = new FakeClock();
    const replicas = [eventsFor(api, clock), eventsFor(api, clock)];
    for (const replica of replicas) replica.report(PROBLEM);
    await Promise.all(replicas.map((replica) => replica.stop()));
    expect([...api.objects.values()]).toMatchObject([{ count: 2 }]);
  });

  test('writes a limited number a minute', async () => {
    await using api = await startObjectApi();
    const clock = new FakeClock();
    const events = eventsFor(api, clock, 100);
    events.report(PROBLEM);
    await waitUntil('20 Events', () => api.objects.size === 20, { timeoutMs: 30_000 });
    clock.advanceMs(60_000);
    events.report(PROBLEM);
    await events.stop();
    expect(api.objects.size).toBe(40);
  });

  test('goes on when Events are refused, and says so in the log', async () => {
    await using api = await startObjectApi();
    api.refuse(403);
    const lines: string[] = [];
    const results: string[] = [];
    const events = createMetricEvents({
      client: api.client,
      autoscalersOf: () => [SHOP],
      log: (level, message) => lines.push(`${level} ${message}`),
      onResult: (result) => results.push(result),
    });
    events.report(PROBLEM);
    await events.stop();
    expect(lines).toEqual(['warn an Event on an autoscaler could not be written']);
    expect(results).toEqual(['refused']);
  });

  test('writes nothing after its stop', async () => {
    await using api = await startObjectApi();
    const events = eventsFor(api, new FakeClock());
    await events.stop();
    events.report(PROBLEM);
    await events.stop();
    expect(api.requests).toEqual([]);
  });
});
