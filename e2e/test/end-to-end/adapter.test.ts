import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kubectl, runBellows, startControlPlane, type ControlPlane } from '@bellows/e2e';
import {
  machineHas,
  temporaryDirectory,
  waitUntil,
  type TemporaryDirectory,
} from '@bellows/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildKube } from '../../kube/build.mjs';
import { buildGoProgram } from '../../src/go/build-go-program.ts';
import {
  deployAdapter,
  DEPLOYED_SERVICE,
  type DeployedAdapter,
} from '../../src/metrics/deployed-adapter.ts';
import { startPagePrometheus, type PagePrometheus } from '../../src/metrics/page-prometheus.ts';

const CLIENTS = fileURLToPath(new URL('../../go/metrics-clients', import.meta.url));
const SOON = { timeoutMs: 90_000, intervalMs: 200 };
const NAMESPACE = 'shop';
const run = promisify(execFile);

const CONFIG = `
rules:
  - seriesQuery: 'http_requests_per_second{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
  - seriesQuery: 'queue_length{namespace!="",deployment!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
  - seriesQuery: 'temperature{node!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
externalRules:
  - seriesQuery: 'lag{namespace!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (topic)
resourceRules:
  cpu:
    containerQuery: sum(cpu{<<.LabelMatchers>>}) by (<<.GroupBy>>)
    nodeQuery: sum(cpu{<<.LabelMatchers>>}) by (<<.GroupBy>>)
    resources: { template: <<.Resource>> }
    containerLabel: container
  memory:
    containerQuery: sum(memory{<<.LabelMatchers>>}) by (<<.GroupBy>>)
    nodeQuery: sum(memory{<<.LabelMatchers>>}) by (<<.GroupBy>>)
    resources: { template: <<.Resource>> }
    containerLabel: container
  window: 1m
`;

const PAGE = `
http_requests_per_second{namespace="shop",pod="web-1",code="200"} 10
http_requests_per_second{namespace="shop",pod="web-2",code="200"} 20
http_requests_per_second{namespace="shop",pod="web-2",code="500"} 0.5
http_requests_per_second{namespace="shop",pod="db-1",code="200"} 7
queue_length{namespace="shop",deployment="web"} 42
temperature{node="node-1"} 36.6
lag{namespace="shop",topic="orders"} 3
lag{namespace="shop",topic="bills"} 4
cpu{namespace="shop",pod="web-1",container="web"} 0.25
memory{namespace="shop",pod="web-1",container="web"} 1024
`;

interface Line {
  readonly what: string;
  readonly error?: string;
  readonly answer?: unknown;
}

const METRICS_APIS = [
  ...['v1beta1.custom.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io'],
  ...['v1beta1.external.metrics.k8s.io', 'v1beta1.metrics.k8s.io'],
];
const podOf = (name: string, app: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: NAMESPACE, labels: { app } },
  spec: { containers: [{ name: 'web', image: 'none' }] },
});

describe.runIf(machineHas('kube') && machineHas('prometheus'))(
  'bellows adapter on a real control plane, with the rights of its manifests',
  () => {
    let plane: ControlPlane;
    let folder: TemporaryDirectory;
    let adapter: DeployedAdapter;
    /** Ends what has been started, the last first. */
    const ends: (() => PromiseLike<unknown>)[] = [];

    beforeAll(async () => {
      folder = await temporaryDirectory();
      ends.unshift(() => folder[Symbol.asyncDispose]());
      plane = await startControlPlane({ kube: await buildKube() });
      ends.unshift(() => plane.stop());
      const prometheus: PagePrometheus = await startPagePrometheus(() => PAGE, 'memory');
      ends.unshift(() => prometheus.stop());
      const items = [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
        { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
      ];
      await apply(items);
      await waitUntil('the service account', () => hasAccount(), SOON);
      await apply([podOf('web-1', 'web'), podOf('web-2', 'web'), podOf('db-1', 'db')]);
      adapter = await deployAdapter(plane.info, {
        ...{ folder: folder.path, config: CONFIG, prometheusUrl: prometheus.url },
        args: ['--register=custom,external,resource'],
      });
      ends.unshift(() => adapter.stop());
      await waitUntil('the APIs are available', areAvailable, SOON);
    }, 240_000);

    afterAll(async () => {
      for (const end of ends) await end();
    }, 120_000);

    const apply = (items: readonly object[]): Promise<string> =>
      kubectl(
        plane.info,
        ['apply', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );

    async function hasAccount(): Promise<boolean> {
      const args = ['get', 'serviceaccount', 'default', `--namespace=${NAMESPACE}`];
      return kubectl(plane.info, args).then(
        () => true,
        () => false,
      );
    }

    async function areAvailable(): Promise<boolean> {
      const path =
        '{range .items[*]}{.metadata.name} {.status.conditions[?(@.type=="Available")].status}{"\\n"}{end}';
      const list = await kubectl(plane.info, ['get', 'apiservices', `--output=jsonpath=${path}`]);
      return METRICS_APIS.every((name) => list.includes(`${name} True\n`));
    }

    test('Kubernetes’ own clients list and get every form', async () => {
      const program = await buildGoProgram({ folder: CLIENTS });
      let refusals: string[] = [];
      const answers = await waitUntil(
        'all series are listed',
        async () => {
          // This process hands the API server's connections on: it must not wait for another one.
          const { stdout } = await run(program, [plane.info.kubeconfig, NAMESPACE]);
          const lines = stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Line);
          const failed = lines.filter(({ error }) => error !== undefined);
          refusals = failed.map(({ what, error }) => `${what}: ${error ?? ''}`);
          return failed.length <= 2 && new Map(lines.map((line) => [line.what, line]));
        },
        SOON,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${refusals.join('\n')}\n${adapter.log.join('\n')}`);
      });
      const of = (what: string): unknown => answers.get(what)?.answer ?? answers.get(what)?.error;
      const valueOf = (name: string, value: string): object =>
        expect.objectContaining({
          describedObject: expect.objectContaining({ name }) as object,
          value,
        }) as object;
      expect(of('pods by label')).toMatchObject({
        items: [valueOf('web-1', '10'), valueOf('web-2', '20500m')],
      });
      expect(of("pods by the metric's label")).toMatchObject({ items: [valueOf('web-2', '500m')] });
      expect(of('one pod')).toEqual(valueOf('web-1', '10'));
      expect(of('one deployment')).toEqual(valueOf('web', '42'));
      expect(of('a namespace')).toEqual(valueOf(NAMESPACE, '42'));
      expect(of('a node')).toEqual(valueOf('node-1', '36600m'));
      expect(of('all nodes')).toMatchObject({ items: [valueOf('node-1', '36600m')] });
      expect(of('an unknown metric')).toMatch(/could not find the metric unknown_metric/);
      expect(of('external')).toMatchObject({ items: [{ value: '4' }, { value: '3' }] });
      expect(of('external by label')).toMatchObject({
        items: [{ value: '3', metricLabels: { topic: 'orders' } }],
      });
      expect(of('external unknown')).toMatch(/unknown_metric/);
      expect(of('usage of pods')).toMatchObject({
        items: [
          { metadata: { name: 'web-1' }, containers: [{ name: 'web', usage: { cpu: '250m' } }] },
        ],
      });
      expect(JSON.stringify(of('discovery of custom.metrics.k8s.io/v1beta2'))).toContain(
        'pods/http_requests_per_second',
      );
      expect(JSON.stringify(of('discovery of external.metrics.k8s.io/v1beta1'))).toContain('"lag"');
    }, 240_000);

    test('its APIServices are verified, with the authority of its Secret', async () => {
      const text = await kubectl(plane.info, [
        'get',
        'apiservices',
        '--output=json',
        ...METRICS_APIS,
      ]);
      const { items } = JSON.parse(text) as {
        readonly items: readonly { readonly spec: object }[];
      };
      expect(items).toHaveLength(4);
      for (const { spec } of items) {
        expect(spec).toHaveProperty('caBundle');
        expect(spec).not.toHaveProperty('insecureSkipTLSVerify', true);
      }
    });

    test('may not write what is not its own', async () => {
      const can = (...args: readonly string[]): Promise<string> =>
        kubectl({ ...plane.info, kubeconfig: adapter.kubeconfig }, ['auth', 'can-i', ...args]).then(
          (text) => text.trim(),
          () => 'no',
        );
      expect(await can('get', 'secrets', '--namespace=kube-system')).toBe('no');
      expect(await can('create', 'apiservices')).toBe('no');
      expect(await can('patch', 'apiservices/v1.apps')).toBe('no');
      expect(await can('update', 'pods', `--namespace=${NAMESPACE}`)).toBe('no');
      expect(await can('patch', 'apiservices/v1beta1.metrics.k8s.io')).toBe('yes');
    });

    test('writes an Event on the autoscaler whose metric nobody has', async () => {
      await apply([
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'web', namespace: NAMESPACE },
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
            maxReplicas: 3,
            metrics: [
              {
                type: 'External',
                external: {
                  metric: { name: 'no_such_metric' },
                  target: { type: 'Value', value: '1' },
                },
              },
            ],
          },
        },
      ]);
      const ask = [
        'get',
        '--raw',
        `/apis/external.metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/no_such_metric`,
      ];
      const event = await waitUntil(
        'the Event',
        async () => {
          await expect(kubectl(plane.info, ask)).rejects.toThrow('no_such_metric');
          const text = await kubectl(plane.info, [
            'get',
            'events',
            `--namespace=${NAMESPACE}`,
            '--output=json',
          ]);
          const { items } = JSON.parse(text) as {
            readonly items: readonly { readonly reason: string; readonly message: string }[];
          };
          return items.find(({ reason }) => reason === 'MetricUnknown');
        },
        SOON,
      );
      expect(event.message).toContain(
        'no rule and no source is known to have the metric no_such_metric',
      );
    }, 120_000);

    test('uninstall takes the APIServices away, with the adapter’s own rights; SIGTERM ends it with 0', async () => {
      const args = ['adapter', 'uninstall', `--service=${DEPLOYED_SERVICE}`];
      // Else the adapter would register them again.
      expect(await adapter.stop()).toBe(0);
      const { code, stdout, stderr } = await runBellows(
        [...args, `--kubeconfig=${adapter.kubeconfig}`],
        folder.path,
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.trim().split('\n')).toEqual(METRICS_APIS.map((name) => `${name}: removed`));
    });
  },
);
