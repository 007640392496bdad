import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService, type RunningService } from '../fixtures/run-service.ts';

/**
 * A Service with one replica, seen by a client with a new connection for each request. kube-proxy takes an endpoint
 * that terminates when no other is ready, as long as its readiness probe passes: the endpoint is then `serving`.
 * @see kubernetes/enhancements keps/sig-network/1669-proxy-terminating-endpoints
 */
async function askThroughService({ adminPort, ports }: RunningService): Promise<string> {
  const isServing = (await fetchText(adminPort, '/readyz')).status === 200;
  if (!isServing) return 'no endpoint';
  const { body } = await fetchText(ports[0]!, '/', { headers: { connection: 'close' } });
  return body;
}

describe('the only replica of a service, scaled in', () => {
  test.each([
    { readinessWhileDraining: 'keep', outcome: 'answered' },
    { readinessWhileDraining: 'fail', outcome: 'no endpoint' },
    { readinessWhileDraining: undefined, outcome: 'no endpoint' },
  ])(
    'is reached during its drain as readinessWhileDraining says: $readinessWhileDraining',
    async ({ readinessWhileDraining, outcome }) => {
      const kitOptions = { drainDelaySeconds: 600, readinessWhileDraining };
      await using service = await runService({ kitOptions });
      expect(await askThroughService(service)).toContain('answered');
      service.process.kill('SIGTERM');
      await waitUntil('the drain', () => service.output().includes('draining'));
      for (let request = 0; request < 10; request += 1) {
        expect(await askThroughService(service)).toContain(outcome);
      }
      service.process.kill('SIGTERM');
      expect(await service.ended).toBe(0);
    },
  );
});
