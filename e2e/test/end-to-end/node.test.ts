import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createTestNamespace,
  runInNamespace,
  startCluster,
  type Cluster,
  type TestNamespace,
} from '@bellows/e2e';
import { isAlive, machineHas, pidsWithEnvironment, waitUntil } from '@bellows/testkit';
import { buildKube } from '../../kube/build.mjs';

const HOST = fileURLToPath(new URL('../fixtures/cluster-host.mjs', import.meta.url));
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };

/** Answers with its name; says when it is asked to end, and ends. */
const SERVER = `
  const { createServer } = require('node:http');
  const server = createServer((request, response) => response.end(process.env.POD_NAME));
  server.listen(8080, () => console.log('listening', process.env.GREETING, process.env.SECRET));
  process.on('SIGTERM', () => { console.log('asked to end'); setTimeout(() => process.exit(0), 300); });`;

const fieldRef = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });

function container(script: string, more: object = {}): object {
  return {
    name: 'main',
    image: 'node',
    command: ['node', '-e', script],
    env: [{ name: 'POD_NAME', ...fieldRef('metadata.name') }],
    ...more,
  };
}

function pod(name: string, main: object, spec: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [main], ...spec },
  };
}

describe.runIf(machineHas('kube'))('a node of processes', () => {
  let cluster: Cluster;
  let namespace: TestNamespace;

  beforeAll(async () => {
    cluster = await startCluster({ kube: await buildKube() });
    namespace = await createTestNamespace(cluster.plane.info);
  }, 300_000);

  afterAll(async () => {
    namespace.client.close();
    await cluster.stop();
  }, 60_000);

  const wait = (what: string, condition: string): Promise<string> =>
    namespace.kubectl(['wait', what, `--for=${condition}`, '--timeout=60s']);
  const field = (what: string, path: string): Promise<string> =>
    namespace.kubectl(['get', ...what.split(' '), '-o', `jsonpath={${path}}`]);
  const curl = (...args: string[]): Promise<string> =>
    runInNamespace(cluster.plane.info, ['curl', '-sS', '--max-time', '20', ...args]);

  test('runs a pod with the variables its spec, ConfigMap, Secret and Services say', async () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'words' } };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' } };
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
    await namespace.apply(
      { ...configMap, data: { GREETING: 'hello' } },
      { ...secret, stringData: { key: 's3' } },
      { ...service, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } },
    );
    const say = `${SERVER} console.log(process.env.NODE, process.env.WEB_SERVICE_HOST + ':' + process.env.WEB_SERVICE_PORT)`;
    const main = container(say, {
      env: [
        { name: 'POD_NAME', ...fieldRef('metadata.name') },
        { name: 'NODE', ...fieldRef('spec.nodeName') },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } },
      ],
      envFrom: [{ configMapRef: { name: 'words' } }],
    });
    await waitUntil(
      'the Service to be known on the node',
      async () => {
        await namespace.apply(pod('vars', main));
        await wait('pod/vars', 'condition=Ready');
        const log = await waitUntil(
          'both lines',
          async () => {
            const text = await namespace.kubectl(['logs', 'vars']);
            return text.split('\n').length > 2 && text;
          },
          PATIENT,
        );
        if (!log.includes('undefined:')) return true;
        await namespace.kubectl(['delete', 'pod', 'vars', '--grace-period=1']);
        return false;
      },
      PATIENT,
    );
    const address = await field('service web', '.spec.clusterIP');
    const lines = (await namespace.kubectl(['logs', 'vars'])).trim().split('\n').sort();
    expect(lines).toEqual(['listening hello s3', `node-1 ${address}:80`]);
    expect(await curl(`http://${address}/`)).toBe('vars');
  });

  test('its logs can be followed, cut and dated', async () => {
    const counting = 'let n = 0; setInterval(() => console.log("line", ++n), 50)';
    await namespace.apply(
      pod('counting', container(counting), { terminationGracePeriodSeconds: 1 }),
    );
    await wait('pod/counting', 'condition=Ready');
    await waitUntil(
      '20 lines',
      async () => {
        return (await namespace.kubectl(['logs', 'counting'])).includes('line 20\n');
      },
      PATIENT,
    );
    const tail = await namespace.kubectl(['logs', 'counting', '--tail=3', '--timestamps']);
    const lines = tail.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z line \d+$/);
    const following = namespace.kubectl(['logs', 'counting', '--follow', '--limit-bytes=400']);
    expect(await following).toMatch(/^line 1\nline 2\n/);
    await namespace.kubectl(['delete', 'pod', 'counting']);
  });

  test('a container that crashes is started again, and its last end is told', async () => {
    await namespace.apply(pod('crash', container('console.log("up"); process.exit(3)')));
    const last = '.status.containerStatuses[0].lastState.terminated';
    await waitUntil(
      'the second run',
      async () => (await field('pod crash', `${last}.exitCode`)) === '3',
      PATIENT,
    );
    expect(await field('pod crash', `${last}.reason`)).toBe('Error');
    await waitUntil(
      'a restart that is counted',
      async () => Number(await field('pod crash', '.status.containerStatuses[0].restartCount')) > 0,
      PATIENT,
    );
    await waitUntil(
      'the event',
      async () => (await namespace.kubectl(['describe', 'pod', 'crash'])).includes('BackOff'),
      PATIENT,
    );
    await namespace.kubectl(['delete', 'pod', 'crash', '--grace-period=1']);
  });

  test('a pod that is to run once succeeds, and stays', async () => {
    await namespace.apply(
      pod('once', container('console.log("done")'), { restartPolicy: 'Never' }),
    );
    await wait('pod/once', 'jsonpath={.status.phase}=Succeeded');
    const reasons = '.status.conditions[?(@.type=="Ready")].reason';
    expect(await field('pod once', reasons)).toBe('PodCompleted');
    await namespace.kubectl(['delete', 'pod', 'once']);
  });

  test('a pod without a command waits and says why; one that no process can be made from has failed', async () => {
    const image = { name: 'main', image: 'registry.example.com/other:1' };
    await namespace.apply(pod('image', image));
    const waiting = '.status.containerStatuses[0].state.waiting';
    await wait('pod/image', `jsonpath={${waiting}.reason}=CreateContainerConfigError`);
    expect(await field('pod image', `${waiting}.message`)).toContain('names no command');
    await namespace.kubectl(['delete', 'pod', 'image']);
    const annotations = { 'bellows.dev/command': '[node' };
    await namespace.apply({
      ...pod('broken', image),
      metadata: { name: 'broken', annotations },
    });
    await wait('pod/broken', 'jsonpath={.status.phase}=Failed');
    expect(await field('pod broken', '.status.reason')).toBe('UnsupportedPod');
    expect(await field('pod broken', '.status.message')).toContain('bellows.dev/command');
    await namespace.kubectl(['delete', 'pod', 'broken']);
  });

  test('a pod that is deleted is asked to end, and is there until it has', async () => {
    await namespace.apply(pod('leaving', container(SERVER)));
    await wait('pod/leaving', 'condition=Ready');
    const uid = await field('pod leaving', '.metadata.uid');
    const { kube, kubeconfig } = namespace.info;
    const config = [`--kubeconfig=${kubeconfig}`, `--namespace=${namespace.name}`];
    const follow = spawn(kube, ['kubectl', ...config, 'logs', 'leaving', '--follow'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => follow.once('close', resolve));
    let log = '';
    follow.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
    await waitUntil('its first line', () => log.includes('listening'), PATIENT);
    expect(pidsWithEnvironment('BELLOWS_POD_UID', uid)).toHaveLength(1);
    await namespace.kubectl(['delete', 'pod', 'leaving']);
    expect(pidsWithEnvironment('BELLOWS_POD_UID', uid)).toEqual([]);
    await expect(namespace.kubectl(['get', 'pod', 'leaving'])).rejects.toThrow('not found');
    await ended;
    expect(log).toContain('asked to end');
  });

  test('a pod that is deleted by force is gone at once, and so are its processes', async () => {
    const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
    await namespace.apply(pod('stubborn', container(stubborn)));
    await wait('pod/stubborn', 'condition=Ready');
    const uid = await field('pod stubborn', '.metadata.uid');
    await namespace.kubectl(['delete', 'pod', 'stubborn', '--grace-period=0', '--force']);
    await waitUntil(
      'the end of its processes',
      () => pidsWithEnvironment('BELLOWS_POD_UID', uid).length === 0,
      PATIENT,
    );
  });

  test('serves usage with the time of its samples, to those who may read it', async () => {
    await namespace.apply(
      pod(
        'busy',
        container(
          'setInterval(() => { const end = Date.now() + 5; while (Date.now() < end); }, 10)',
        ),
      ),
    );
    await wait('pod/busy', 'condition=Ready');
    const path = '/api/v1/nodes/node-1/proxy/metrics/resource';
    const series = new RegExp(
      `^container_cpu_usage_seconds_total\\{container="main",namespace="${namespace.name}",pod="busy"\\} (\\S+) (\\d+)$`,
      'm',
    );
    const read = async (): Promise<{ seconds: number; atMs: number } | undefined> => {
      const [, seconds, atMs] = series.exec(await namespace.kubectl(['get', '--raw', path])) ?? [];
      return seconds === undefined ? undefined : { seconds: Number(seconds), atMs: Number(atMs) };
    };
    const first = await waitUntil('its usage', read, PATIENT);
    const second = await waitUntil(
      'the next sample',
      async () => {
        const seen = await read();
        return seen !== undefined && seen.atMs > first.atMs && seen;
      },
      PATIENT,
    );
    // It is sampled as seldom as a kubelet does it, and what is said is said of that time.
    expect(second.atMs - first.atMs).toBeGreaterThan(9_000);
    expect(second.seconds).toBeGreaterThan(first.seconds);

    const url = 'https://10.0.9.11:10250/metrics/resource';
    const status = (token?: string): Promise<string> => {
      const header = token === undefined ? [] : ['-H', `Authorization: Bearer ${token}`];
      return curl('-k', '-o', '/dev/null', '-w', '%{http_code}', ...header, url);
    };
    await namespace.kubectl(['create', 'serviceaccount', 'scraper']);
    const token = (await namespace.kubectl(['create', 'token', 'scraper'])).trim();
    expect([await status(), await status('nobody'), await status(token)]).toEqual([
      ...['401', '401', '403'],
    ]);
    const role = `scraper-${namespace.name}`;
    await namespace.kubectl([
      'create',
      'clusterrole',
      role,
      '--verb=get',
      '--resource=nodes/metrics',
    ]);
    await namespace.kubectl([
      ...['create', 'clusterrolebinding', role, `--clusterrole=${role}`],
      `--serviceaccount=${namespace.name}:scraper`,
    ]);
    await waitUntil('the right to count', async () => (await status(token)) === '200', PATIENT);
    await namespace.kubectl(['delete', 'pod', 'busy', '--grace-period=1']);
  });

  test('all of a cluster ends when the process that started it is killed', async () => {
    const host = spawn(process.execPath, [HOST], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const line = await waitUntil('the cluster', () => output.includes('\n\n') && output, {
      timeoutMs: 120_000,
    });
    const { pids, uid } = JSON.parse(line) as { pids: number[]; uid: string };
    expect(pids).toHaveLength(3);
    expect(pids.every(isAlive)).toBe(true);
    expect(pidsWithEnvironment('BELLOWS_POD_UID', uid)).toHaveLength(1);
    host.kill('SIGKILL');
    await waitUntil('the end of all', () => !pids.some(isAlive), PATIENT);
    await waitUntil(
      'the end of the pod',
      () => pidsWithEnvironment('BELLOWS_POD_UID', uid).length === 0,
      PATIENT,
    );
  }, 240_000);
});
