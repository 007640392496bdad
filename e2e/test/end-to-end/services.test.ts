import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addAddresses,
  createTestNamespace,
  runInNamespace,
  startControlPlane,
  startProxy,
  type ControlPlane,
  type StartedProxy,
  type TestNamespace,
} from '@bellows/e2e';
import { machineHas, waitUntil } from '@bellows/testkit';
import { spawn, type ChildProcess } from 'node:child_process';
import { buildKube } from '../../kube/build.mjs';
import { commandInNamespace } from '../../src/kube/network-namespace.ts';

const ADDRESSES = ['10.244.9.1', '10.244.9.2'];
/** Says its own address to everybody. */
const SERVER = `
  for (const host of ${JSON.stringify(ADDRESSES)})
    require('node:http').createServer((_, response) => response.end(host)).listen(8080, host);
  process.stdin.on('end', () => process.exit()).resume();`;
/** A machine that is busy with other tests takes its time. */
const PATIENT = { timeoutMs: 60_000 };

/** A Service whose endpoints the test writes itself. */
describe.runIf(machineHas('kube'))('the data path of Services', () => {
  let plane: ControlPlane;
  let proxy: StartedProxy;
  let namespace: TestNamespace;
  let server: ChildProcess;

  beforeAll(async () => {
    plane = await startControlPlane({ kube: await buildKube() });
    proxy = await startProxy(plane);
    namespace = await createTestNamespace(plane.info);
    await addAddresses(plane.info, ADDRESSES);
    const [node, ...args] = commandInNamespace(plane.info.namespacePid, [
      ...[process.execPath, '-e', SERVER],
    ]);
    server = spawn(node, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  }, 300_000);

  afterAll(async () => {
    namespace.client.close();
    const ended = new Promise((resolve) => server.once('close', resolve));
    server.stdin?.end();
    await ended;
    await proxy.stop();
    await plane.stop();
  }, 60_000);

  const service = (port: number): object => ({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
    spec: { ports: [{ name: 'http', port }] },
  });

  const slice = (...ready: boolean[]): object => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: ready.map((isReady, index) => ({
      ...{ addresses: [ADDRESSES[index]], conditions: { ready: isReady } },
    })),
  });

  const address = (): Promise<string> =>
    namespace.kubectl(['get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}']);

  /** Who answers, of 20 that are asked; or how asking fails. */
  async function answers(url: string): Promise<string> {
    const urls = Array.from({ length: 20 }, () => url);
    const quiet = ['-sS', '--max-time', '20', '-H', 'Connection: close', '-w', '\\n'];
    try {
      const text = await runInNamespace(plane.info, ['curl', ...quiet, ...urls]);
      return [...new Set(text.trim().split('\n'))].sort().join(' ');
    } catch (error) {
      return /\((\d+)\)/.exec(String(error))?.[1] ?? String(error);
    }
  }

  const until = (url: string, expected: string): Promise<unknown> =>
    waitUntil(expected, async () => (await answers(url)) === expected, PATIENT);

  test('connections to its address go to the endpoints that are ready, and to no others', async () => {
    await namespace.apply(service(80), slice(true, true));
    const url = `http://${await address()}/`;
    await until(url, ADDRESSES.join(' '));
    await namespace.apply(slice(false, true));
    await until(url, ADDRESSES[1] ?? '');
    await namespace.apply(slice(false, false));
    // curl's own word for a connection that is reset.
    await until(url, '56');
    await namespace.apply(slice(true, false));
    await until(url, ADDRESSES[0] ?? '');
  });

  test('its ports may change, and nobody listens on those before', async () => {
    await namespace.apply(service(81), slice(true, true));
    const host = await address();
    await until(`http://${host}:81/`, ADDRESSES.join(' '));
    // And for one that is refused.
    await until(`http://${host}:80/`, '7');
  });

  test('goes on while the API server is away, and hears of what it has missed', async () => {
    const url = `http://${await address()}:81/`;
    await plane.kill('apiserver');
    expect(await answers(url)).toBe(ADDRESSES.join(' '));
    await plane.start('apiserver');
    await namespace.apply(slice(false, true));
    await until(url, ADDRESSES[1] ?? '');
  });

  test('its address goes with it', async () => {
    const host = await address();
    await namespace.kubectl(['delete', 'service', 'web']);
    await waitUntil(
      'the end of the address',
      async () => !(await runInNamespace(plane.info, ['ip', 'address'])).includes(`${host}/32`),
      PATIENT,
    );
  });

  test('the API server has its own', async () => {
    const url = 'https://10.0.0.1/version';
    const text = await runInNamespace(plane.info, ['curl', '-ksS', '--max-time', '20', url]);
    expect(JSON.parse(text)).toMatchObject({ gitVersion: 'v1.37.2' });
  });
});
