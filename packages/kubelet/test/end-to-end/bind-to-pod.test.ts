import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { machineHas, waitUntil } from '@bellows/testkit';
import { isPodReady } from '../../src/index.ts';
import { kubeletBench, type KubeletBench } from '../support/kubelet-bench.ts';
import { httpProbe, nodeContainer, pod } from '../support/pods.ts';

const PRELOAD = fileURLToPath(new URL('../../runtime/bind-to-pod.cjs', import.meta.url));
const readinessProbe = httpProbe();

const saying = (bench: KubeletBench, start: string): Promise<string> =>
  waitUntil(`a line that starts with "${start}"`, () =>
    bench.lines.map(({ text }) => text).find((text) => text.startsWith(start)),
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.runIf(machineHas('linux'))('the preload of a pod', () => {
  test('moves a wildcard listen to the pod, and says so in the tick of the listen', async () => {
    await using bench = await kubeletBench();
    const { podIP } = bench.kubelet.runPod(pod([nodeContainer(['server.mjs'])]));
    const address = JSON.stringify({ address: podIP, family: 'IPv4', port: 3000 });
    expect(await saying(bench, 'at once')).toBe(`at once ${address}`);
    expect(await saying(bench, 'listening')).toBe(`listening ${address}`);
  });

  test.each(['0.0.0.0', '::'])('moves a listen on %s', async (host) => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['server.mjs', '3000', host], { readinessProbe })]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
  });

  test.each(['rr', 'none'])('moves the listen of cluster workers, policy %s', async (policy) => {
    await using bench = await kubeletBench();
    const pods = [1, 2].map(() =>
      pod([nodeContainer(['cluster-server.cjs', policy], { readinessProbe })]),
    );
    for (const one of pods) bench.kubelet.runPod(one);
    for (const one of pods) {
      const { podIP } = await bench.until(one.metadata.uid, 'ready', isPodReady);
      const answer = await (await fetch(`http://${podIP}:3000/`)).text();
      expect(Number(answer)).toBeGreaterThan(0);
    }
    await waitUntil('four workers listen', () => bench.lines.length === 4);
  });

  test('does not move a listen on localhost; readiness fails with that reason', async () => {
    await using bench = await kubeletBench();
    const container = nodeContainer(['server.mjs', '3000', '127.0.0.1'], { readinessProbe });
    const one = pod([container]);
    bench.kubelet.runPod(one);
    const reason =
      'listens on 127.0.0.1:3000 only; in a cluster nothing could reach it; listen on 0.0.0.0';
    await bench.until(one.metadata.uid, 'the reason', ({ message }) => message === reason);
    expect(bench.events).toContainEqual(
      expect.objectContaining({
        reason: 'Unhealthy',
        message: `Readiness probe failed: ${reason}`,
      }),
    );
  });

  test('sends connects to localhost to the pod, for the ports of the pod only', async () => {
    const foreign = createServer().listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    const { port } = foreign.address() as AddressInfo;
    await using bench = await kubeletBench();
    const { podIP } = bench.kubelet.runPod(pod([nodeContainer(['self-client.mjs', String(port)])]));
    expect(JSON.parse(await saying(bench, '{'))).toEqual({
      fetch: 'self',
      http: 'self',
      net: podIP,
      child: 'self',
      worker: podIP,
      foreign: '127.0.0.1',
    });
    foreign.close();
  });

  test('sends no connect to the pod that is meant for a Service', async () => {
    const service = createServer().listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    const program = `
      const { connect, createServer } = require('node:net');
      const show = (host) => connect(${port}, host, function () { console.log(host, this.remoteAddress); });
      createServer().listen(${port}, () => ['localhost', '127.0.0.1'].forEach(show));`;
    const environment = {
      SHOP_SERVICE_HOST: '127.0.0.1',
      SHOP_SERVICE_PORT: '1',
      SHOP_SERVICE_PORT_HTTP: String(port),
    };
    await using bench = await kubeletBench({ environment });
    const one = pod([{ ...nodeContainer(['']), command: [process.execPath, '-e', program] }]);
    const { podIP } = bench.kubelet.runPod(one);
    expect(await saying(bench, 'localhost')).toBe(`localhost ${podIP}`);
    expect(await saying(bench, '127.0.0.1')).toBe('127.0.0.1 127.0.0.1');
    service.close();
  });

  test('maps the port where a pod has no address of its own', async () => {
    const program = `
      const net = require('node:net');
      const server = net.createServer().listen(3000, () =>
        net.connect(3000, 'localhost', function () {
          console.log(server.address().port === this.remotePort, this.remotePort);
          process.exit();
        }));`;
    const free = await freePort();
    const { stdout } = spawnSync(process.execPath, ['--require', PRELOAD, '-e', program], {
      env: { BELLOWS_POD_IP: '127.0.0.1', BELLOWS_PORT_MAP: `3000=${free}` },
      encoding: 'utf8',
    });
    expect(stdout).toBe(`true ${free}\n`);
  });

  test('does nothing without BELLOWS_POD_IP, and nothing a second time', () => {
    const program = `
      const { Server } = require('node:net');
      const once = Server.prototype._listen2;
      delete require.cache[process.argv[1]];
      require(process.argv[1]);
      console.log(once === Server.prototype._listen2, once.toString().includes('wildcards'));`;
    const run = (env: NodeJS.ProcessEnv): string =>
      spawnSync(process.execPath, ['--require', PRELOAD, '-e', program, PRELOAD], {
        env,
        encoding: 'utf8',
      }).stdout;
    expect(run({})).toBe('true false\n');
    expect(run({ BELLOWS_POD_IP: '127.9.9.9' })).toBe('true true\n');
  });
});

describe.runIf(machineHas('linux') && machineHas('python3'))(
  'a pod that is no Node process',
  () => {
    const python = (host: string, port: number) => ({
      ...nodeContainer(['']),
      command: ['python3', '-m', 'http.server', '--bind', host, '$(PORT)'],
      ports: [{ name: 'http', containerPort: port, protocol: 'TCP' as const }],
      readinessProbe,
    });

    test('listens on $HOST', async () => {
      await using bench = await kubeletBench();
      const pods = [pod([python('$(HOST)', 3000)]), pod([python('$(HOST)', 3000)])];
      for (const one of pods) bench.kubelet.runPod(one);
      for (const one of pods) await bench.until(one.metadata.uid, 'ready', isPodReady);
    });

    test('that fights another for a port is told who holds it and the ways out', async () => {
      await using bench = await kubeletBench();
      // A port that no other test uses: this one is taken on every address.
      const port = await freePort();
      const [first, second] = [pod([python('0.0.0.0', port)]), pod([python('0.0.0.0', port)])];
      bench.kubelet.runPod(first);
      await bench.until(first.metadata.uid, 'ready', isPodReady);
      bench.kubelet.runPod(second);
      const status = await bench.until(
        second.metadata.uid,
        'back-off',
        ({ containerStatuses: [app] }) =>
          app?.state.kind === 'waiting' && app.state.reason === 'CrashLoopBackOff',
      );
      expect(status.message).toContain(`port ${port} is held by pod ${first.metadata.name}`);
      expect(status.message).toContain(`listen on $HOST (${status.podIP})`);
      expect(isPodReady(status)).toBe(false);
    });
  },
);
