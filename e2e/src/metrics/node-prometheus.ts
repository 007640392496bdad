import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../kube/control-plane.ts';
import { kubectl } from '../kube/kubectl.ts';

const NAME = 'prometheus';
const PORT = 9090;

/**
 * Runs Prometheus as a pod that scrapes `/metrics/resource` of nodes each second, with the rights that a Prometheus needs for it.
 *
 * @param folder - For its files.
 * @param nodes - Addresses by name.
 * @returns the address of its Service, as a URL.
 */
export async function deployNodePrometheus(
  plane: ControlPlane,
  folder: string,
  nodes: Readonly<Record<string, string>>,
): Promise<string> {
  const run = (...args: string[]): Promise<string> => kubectl(plane.info, args);
  const apply = (items: readonly object[]): Promise<string> =>
    kubectl(
      plane.info,
      ['apply', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
  await apply(rights());
  const token = (await run('create', 'token', NAME, '--duration=24h')).trim();
  writeFileSync(join(folder, 'prometheus-token'), token, { mode: 0o600 });
  const config = join(folder, 'prometheus.json');
  writeFileSync(config, JSON.stringify(configuration(plane, folder, nodes)));
  await apply(pods(config, join(folder, 'prometheus-data')));
  await run('rollout', 'status', `deployment/${NAME}`, '--timeout=180s');
  const address = await run('get', 'service', NAME, '-o', 'jsonpath={.spec.clusterIP}');
  return `http://${address}:${PORT}`;
}

function configuration(
  plane: ControlPlane,
  folder: string,
  nodes: Readonly<Record<string, string>>,
): object {
  return {
    scrape_configs: [
      {
        job_name: 'nodes',
        scrape_interval: '1s',
        scheme: 'https',
        metrics_path: '/metrics/resource',
        authorization: { credentials_file: join(folder, 'prometheus-token') },
        tls_config: { ca_file: join(plane.info.folder, 'ca.crt') },
        static_configs: Object.entries(nodes).map(([node, address]) => ({
          targets: [`${address}:10250`],
          labels: { node },
        })),
      },
    ],
  };
}

function rights(): object[] {
  const metadata = { name: NAME };
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      ...{ apiVersion, kind: 'ClusterRole', metadata },
      rules: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
    },
    {
      ...{ apiVersion, kind: 'ClusterRoleBinding', metadata },
      roleRef: { apiGroup, kind: 'ClusterRole', name: NAME },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: 'default' }],
    },
  ];
}

function pods(config: string, data: string): object[] {
  const metadata = { name: NAME };
  const labels = { app: NAME };
  const container = {
    ...{ name: NAME, image: 'prometheus' },
    command: [
      'prometheus',
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=$(POD_IP):${PORT}`,
      '--log.level=error',
    ],
    env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    readinessProbe: { httpGet: { path: '/-/ready', port: PORT }, periodSeconds: 1 },
  };
  return [
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata },
      spec: { selector: labels, ports: [{ port: PORT }] },
    },
  ];
}
