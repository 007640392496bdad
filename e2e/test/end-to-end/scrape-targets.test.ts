import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectl, startControlPlane, type ControlPlane } from '@bellows/e2e';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import { createKubernetesTargets, createScraper, type ScrapeTarget } from '@bellows/scrape';
import { machineHas, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const PODS = '/api/v1/namespaces/default/pods';
const QUEUE = { name: 'queue_length' };
/** Not the API server's, which is never scraped. */
const POD_IP = '127.0.0.9';
/** By path: where the pods themselves, the PodMonitor and the ServiceMonitor say. */
const VALUES: Readonly<Record<string, number>> = { '/metrics': 1, '/by-pod': 2, '/by-service': 4 };
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };

const MONITORING = 'monitoring.coreos.com';

/** As the Prometheus operator's, but for what its fields may hold. */
function monitorDefinition(kind: 'PodMonitor' | 'ServiceMonitor'): object {
  const plural = `${kind.toLowerCase()}s`;
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${MONITORING}` },
    spec: {
      group: MONITORING,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}

/** Pods are admitted with a service account, which the controller manager would make. */
const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };

/** A control plane of its own, whose API server is killed; nobody but the test writes what pods do. */
describe.runIf(machineHas('kube'))('targets on a real API server', () => {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(`queue_length ${VALUES[request.url ?? ''] ?? Number.NaN}\n`);
  });
  let plane: ControlPlane;
  let client: KubernetesClient;
  let port: number;
  let targets: readonly ScrapeTarget[] = [];

  beforeAll(async () => {
    server.listen(0, POD_IP);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    plane = await startControlPlane({ kube: await buildKube(), programs: ['etcd', 'apiserver'] });
    client = await createKubernetesClient({ kubeconfig: plane.info.kubeconfig, timeoutMs: 5_000 });
    await apply(monitorDefinition('PodMonitor'), monitorDefinition('ServiceMonitor'), ACCOUNT);
    await kubectl(plane.info, [
      ...['wait', '--for=condition=established', '--timeout=60s'],
      ...[`crd/podmonitors.${MONITORING}`, `crd/servicemonitors.${MONITORING}`],
    ]);
  }, 300_000);

  afterAll(async () => {
    client.close();
    await plane.stop();
    server.closeAllConnections();
    server.close();
  });

  async function apply(...items: readonly object[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items };
    await kubectl(plane.info, ['apply', '-f', '-'], JSON.stringify(list));
  }

  /** A pod on a node, which waits for the node's word before it goes. */
  async function runPod(name: string): Promise<void> {
    const metadata = {
      name,
      labels: { app: 'shop' },
      annotations: { 'prometheus.io/port': String(port) },
    };
    const containers = [{ name: 'main', image: 'main', ports: [{ containerPort: port }] }];
    await apply({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata },
      spec: { nodeName: 'n1', containers },
    });
    await client.write('PATCH', `${PODS}/${name}/status`, {
      contentType: 'application/merge-patch+json',
      body: { status: { phase: 'Running', podIP: POD_IP, podIPs: [{ ip: POD_IP }] } },
    });
  }

  const podNames = (): string =>
    [...new Set(targets.map(({ podName }) => podName))].sort().join(' ');

  test('pods and monitors are followed, and a pod that is deleted is missing at once', async () => {
    const scraper = createScraper({ intervalMs: 100, timeoutMs: 5_000 });
    const failures: unknown[] = [];
    const source = createKubernetesTargets({
      client,
      includeLoopback: true,
      targetsChanged: (now) => {
        targets = now;
        scraper.setTargets(now);
      },
      failed: (error) => failures.push(error),
    });
    const values = (): string =>
      scraper
        .podMetric(QUEUE, Date.now())
        .map(({ podName, value }) => `${podName}=${value.kind === 'value' ? value.value : '?'}`)
        .sort()
        .join(' ');
    scraper.setMetrics([QUEUE]);
    scraper.start();
    try {
      await runPod('a');
      await source.start();
      await runPod('b');
      await waitUntil('both values', () => values() === 'a=1 b=1', PATIENT);

      await apply({
        ...{ apiVersion: `${MONITORING}/v1`, kind: 'PodMonitor', metadata: { name: 'm' } },
        spec: {
          selector: { matchLabels: { app: 'shop' } },
          podMetricsEndpoints: [{ portNumber: port, path: '/by-pod' }],
        },
      });
      await waitUntil('where the PodMonitor says', () => values() === 'a=2 b=2', PATIENT);

      await apply(
        {
          ...{ apiVersion: 'v1', kind: 'Service' },
          metadata: { name: 'shop', labels: { part: 'front' } },
          spec: {
            selector: { app: 'shop' },
            ports: [{ name: 'web', port: 80, targetPort: port }],
          },
        },
        {
          ...{ apiVersion: `${MONITORING}/v1`, kind: 'ServiceMonitor', metadata: { name: 'm' } },
          spec: {
            selector: { matchLabels: { part: 'front' } },
            endpoints: [{ port: 'web', path: 'by-service' }],
          },
        },
      );
      await waitUntil('what both say, together', () => values() === 'a=6 b=6', PATIENT);
      await kubectl(plane.info, ['delete', 'podmonitor/m']);
      await waitUntil('where the ServiceMonitor says', () => values() === 'a=4 b=4', PATIENT);
      expect(failures).toEqual([]);

      // It terminates, and answers still; its node never says that it is gone.
      await client.write('DELETE', `${PODS}/b`);
      await waitUntil('the end of b', () => podNames() === 'a', PATIENT);
      expect(values()).toBe('a=4');
      const { items } = await client.list(PODS);
      expect(items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);

      await plane.kill('apiserver');
      await waitUntil('the loss to be noticed', () => failures.length > 0, PATIENT);
      // What was known last holds for as long as nobody knows better.
      expect(values()).toBe('a=4');
      await plane.start('apiserver');
      await runPod('c');
      await client.write('DELETE', `${PODS}/a`, { body: { gracePeriodSeconds: 0 } });
      await waitUntil('the pods after the restart', () => values() === 'c=4', PATIENT);
    } finally {
      await source.stop();
      await scraper.stop();
    }
  }, 180_000);
});
