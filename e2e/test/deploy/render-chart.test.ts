import { readFileSync } from 'node:fs';
import { kubectl, type ControlPlaneInfo } from '@bellows/e2e';
import { machineHas } from '@bellows/testkit';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { renderChart, renderPlainManifests } from '../../src/deploy/render-chart.ts';

const deploy = new URL('../../../deploy/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, deploy), 'utf8');

interface AnyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly Rule[];
  readonly spec?: { readonly template?: { readonly metadata: object; readonly spec: object } };
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const objectsOf = (yaml: string): AnyObject[] =>
  parseAllDocuments(yaml).map((document) => document.toJS() as AnyObject);

/** Values that take every branch of the chart but cert-manager's, whose kinds no control plane has by itself. */
const ALL_VALUES = {
  takeOver: true,
  register: { resource: true },
  delegate: { url: 'https://keda-operator-metrics-apiserver.keda.svc', caFile: '/etc/keda/ca.crt' },
  tls: { enable: true, ca: 'CA', key: 'KEY', certificate: 'CERT' },
  rules: {
    custom: [{ seriesQuery: 'up' }],
    external: [{ seriesQuery: 'up' }],
    resource: { window: '1m' },
  },
  sources: [{ name: 'pods', pods: {} }],
  hostNetwork: true,
  priorityClassName: 'system-cluster-critical',
  podAnnotations: { a: 'b' },
  podLabels: { c: 'd' },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  imagePullSecrets: [{ name: 'registry' }],
  networkPolicy: { egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] },
  rbac: { extraResources: [{ group: 'example.dev', resource: 'widgets' }] },
  extraArguments: ['--prometheus-verb=POST'],
  extraVolumes: [{ name: 'more', emptyDir: {} }],
  extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
};

describe.runIf(machineHas('go'))('the chart', () => {
  test('gives the plain manifests of deploy/kubernetes', async () => {
    expect(await renderPlainManifests()).toBe(read('kubernetes/adapter.yaml'));
  });

  test('takes the APIServices away before it is uninstalled', async () => {
    const job = objectsOf(await renderChart()).find(({ kind }) => kind === 'Job');
    expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('pre-delete');
    expect(JSON.stringify(job)).toContain('"adapter","uninstall"');
  });

  test('writes no APIService, since only a look at the cluster tells whose it is', async () => {
    const kinds = objectsOf(await renderChart(ALL_VALUES)).map(({ kind }) => kind);
    expect(kinds).not.toContain('APIService');
  });

  test('gives the adapter no right to write but by name, and to read no other Secret than its own', async () => {
    const rules = objectsOf(await renderChart())
      .filter(({ kind, metadata }) => kind.endsWith('Role') && !metadata.name.endsWith('-reader'))
      .flatMap((role) => role.rules ?? []);
    expect(rules.map(({ resources }) => resources.join())).toEqual([
      'apiservices',
      'events',
      'secrets',
    ]);
    const unnamed = rules.filter(({ resourceNames }) => resourceNames === undefined);
    expect(unnamed.map(({ resources }) => resources)).toEqual([['events']]);
    const readers = objectsOf(await renderChart())
      .filter(({ metadata }) => metadata.name.endsWith('-reader'))
      .flatMap((role) => role.rules ?? []);
    const verbs = new Set(readers.flatMap((rule) => rule.verbs));
    expect([...verbs].sort()).toEqual(['get', 'list', 'watch']);
    expect(readers.flatMap((rule) => rule.resources)).not.toContain('secrets');
  });

  test.each([
    ['a key it does not know', { replica: 3 }, 'replica'],
    ['a value of another type', { replicas: 'two' }, 'replicas'],
    ['a delegate without TLS', { delegate: { url: 'http://keda.svc' } }, 'delegate'],
    ['a port that needs rights', { listenPort: 443 }, 'listenPort'],
    ['a duration that is none', { metricsRelistInterval: '1 minute' }, 'metricsRelistInterval'],
  ])('refuses %s', async (_what, values, word) => {
    await expect(renderChart(values)).rejects.toThrow(word);
  });

  test('refuses certificates without an authority', async () => {
    await expect(
      renderChart({ tls: { enable: true, key: 'K', certificate: 'C' } }),
    ).rejects.toThrow('tls.ca is needed');
  });

  test('asks cert-manager for the certificate that the pods mount', async () => {
    const objects = objectsOf(await renderChart({ certManager: { enabled: true } }));
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Certificate', 'Issuer']),
    );
    expect(objects.filter(({ metadata }) => metadata.name.endsWith('-ca'))).toEqual([]);
  });
});

describe.runIf(machineHas('kube'))('a real API server', () => {
  let plane: ControlPlaneInfo;

  beforeAll(async () => {
    const info = inject('controlPlane');
    if (info === undefined) throw new Error('no control plane');
    plane = info;
    const [namespace] = objectsOf(read('kubernetes/adapter.yaml'));
    await kubectl(plane, ['apply', '-f', '-'], JSON.stringify(namespace));
  });

  test.each([
    ['as they are', {}],
    ['with every value set', ALL_VALUES],
  ])('takes the chart’s objects %s', async (_what, values) => {
    const yaml = await renderChart(values);
    const args = ['apply', '--dry-run=server', '--validate=strict', '-f', '-'];
    const output = await kubectl(plane, args, yaml);
    expect(output.trim().split('\n')).toHaveLength(objectsOf(yaml).length);
    expect(output).not.toMatch(/would violate PodSecurity/);
  });

  test('takes the pods in a namespace of the restricted standard', async () => {
    const objects = objectsOf(await renderChart());
    const pods = objects.flatMap(({ kind, metadata, spec }) => {
      const template = spec?.template;
      return template === undefined
        ? []
        : [
            {
              apiVersion: 'v1',
              kind: 'Pod',
              ...template,
              metadata: {
                ...template.metadata,
                name: `${metadata.name}-${kind.toLowerCase()}`,
                namespace: 'bellows-system',
              },
            },
          ];
    });
    expect(pods).toHaveLength(2);
    const account = objects.find(({ kind }) => kind === 'ServiceAccount');
    await kubectl(plane, ['apply', '-f', '-'], JSON.stringify(account));
    for (const pod of pods) {
      const args = ['create', '--dry-run=server', '--validate=strict', '-f', '-'];
      expect(await kubectl(plane, args, JSON.stringify(pod))).toContain('created (server dry run)');
    }
  });
});
