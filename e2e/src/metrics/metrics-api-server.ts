import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubernetesClient } from '@bellows/kubernetes';
import { createCertificateAuthority, type PemCertificate } from '../kube/certificates.ts';
import type { ControlPlaneInfo } from '../kube/control-plane.ts';
import { exposePort, type ExposedPort } from '../kube/expose-port.ts';

/** What the metrics APIs answer, until it is set anew. */
export interface ServedMetrics {
  /** metrics.k8s.io: CPU of each pod's container of the same name as `container`. */
  readonly cpu: Readonly<Record<string, string>>;
  /** Name of the one container of each pod. */
  readonly container: string;
  /** custom.metrics.k8s.io: by metric, the value of each pod. */
  readonly pods: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** external.metrics.k8s.io: by metric, the value of each series. */
  readonly external: Readonly<Record<string, readonly string[]>>;
}

/** The three metrics APIs, with values that a test sets. */
export interface MetricsApiServer {
  /** Answers with these from now on. */
  serve(metrics: ServedMetrics): void;
  /** Takes the APIs away and stops. */
  stop(): Promise<void>;
}

const APIS = [
  { group: 'metrics.k8s.io', version: 'v1beta1' },
  { group: 'custom.metrics.k8s.io', version: 'v1beta2' },
  { group: 'external.metrics.k8s.io', version: 'v1beta1' },
];
const SERVICE = { namespace: 'kube-system', name: 'test-metrics' };

/**
 * Serves the metrics APIs from this process, and registers them with a control plane: APIServices that lead through a Service of
 * type ExternalName to a port of this machine. One at a time on a control plane.
 */
export async function startMetricsApiServer(
  info: ControlPlaneInfo,
  client: KubernetesClient,
): Promise<MetricsApiServer> {
  const authority = await createCertificateAuthority('test-metrics');
  const host = `${SERVICE.name}.${SERVICE.namespace}.svc`;
  const pem = await authority.issue({ subject: `CN=${host}`, hosts: [host] });
  let served: ServedMetrics = { cpu: {}, container: '', pods: {}, external: {} };
  const server = await listen(pem, (path) => answer(path, served));
  const { port } = server.address() as AddressInfo;
  const exposed = await exposePort(info, port);
  await register(client, port, authority.certificate);
  return {
    serve: (metrics) => {
      served = metrics;
    },
    stop: () => stop(client, server, exposed),
  };
}

async function listen(
  { certificate, key }: PemCertificate,
  answerTo: (path: string) => object | undefined,
): Promise<Server> {
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const path = new URL(request.url ?? '/', 'https://localhost').pathname;
    const body = answerTo(decodeURIComponent(path));
    response.statusCode = body === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body ?? { kind: 'Status', code: 404, reason: 'NotFound' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function register(client: KubernetesClient, port: number, authority: string): Promise<void> {
  await client.write('POST', `/api/v1/namespaces/${SERVICE.namespace}/services`, {
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: SERVICE,
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
  });
  for (const { group, version } of APIS) {
    await client.write('POST', '/apis/apiregistration.k8s.io/v1/apiservices', {
      body: {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: `${version}.${group}` },
        spec: {
          ...{ group, version, groupPriorityMinimum: 100, versionPriority: 100 },
          service: { ...SERVICE, port },
          caBundle: Buffer.from(authority).toString('base64'),
        },
      },
    });
  }
}

async function stop(client: KubernetesClient, server: Server, exposed: ExposedPort): Promise<void> {
  for (const { group, version } of APIS) {
    const path = `/apis/apiregistration.k8s.io/v1/apiservices/${version}.${group}`;
    await client.write('DELETE', path);
  }
  await exposed.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Undefined for what is not there. */
function answer(path: string, served: ServedMetrics): object | undefined {
  const timestamp = new Date().toISOString();
  const [, , group = '', version = '', , namespace, ...rest] = path.split('/');
  const apiVersion = `${group}/${version}`;
  if (namespace === undefined) {
    const known = APIS.some((api) => apiVersion === `${api.group}/${api.version}`);
    return known ? { kind: 'APIResourceList', groupVersion: apiVersion, resources: [] } : undefined;
  }
  const pod = (name: string): object => ({ kind: 'Pod', namespace, name, apiVersion: '/v1' });
  switch (group) {
    case 'metrics.k8s.io': {
      const items = Object.entries(served.cpu).map(([name, cpu]) => ({
        ...{ metadata: { name, namespace }, timestamp, window: '15s' },
        containers: [{ name: served.container, usage: { cpu } }],
      }));
      return { kind: 'PodMetricsList', apiVersion, metadata: {}, items };
    }
    case 'custom.metrics.k8s.io': {
      const name = rest[2] ?? '';
      const items = Object.entries(served.pods[name] ?? {}).map(([podName, value]) => ({
        ...{ describedObject: pod(podName), metric: { name }, timestamp, value },
      }));
      return { kind: 'MetricValueList', apiVersion, metadata: {}, items };
    }
    default: {
      const metricName = rest[0] ?? '';
      const items = (served.external[metricName] ?? []).map((value) => ({
        ...{ metricName, metricLabels: {}, timestamp, value },
      }));
      return { kind: 'ExternalMetricValueList', apiVersion, metadata: {}, items };
    }
  }
}
