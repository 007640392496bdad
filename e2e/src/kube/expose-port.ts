import { join } from 'node:path';
import { commandInNamespace } from './network-namespace.ts';
import type { ControlPlaneInfo } from './control-plane.ts';
import { KubeProcess } from './kube-process.ts';
import { startSocketRelay } from './socket-relay.ts';

/** A port of this machine that can also be reached inside the network namespace. */
export interface ExposedPort {
  /** Takes it away again. */
  stop(): Promise<void>;
}

/**
 * Makes a port that a server of this machine listens on (127.0.0.1) reachable under the same number inside the control
 * plane's network namespace: so the API server finds a metrics API that a test serves.
 */
export async function exposePort(info: ControlPlaneInfo, port: number): Promise<ExposedPort> {
  const path = join(info.folder, `port-${port}.sock`);
  const relay = await startSocketRelay({ path }, { host: '127.0.0.1', port });
  const inside = new KubeProcess({
    name: `the forward of port ${port}`,
    command: commandInNamespace(info.namespacePid, [
      info.kube,
      'forward',
      `tcp:127.0.0.1:${port}`,
      `unix:${path}`,
    ]),
    logFile: join(info.folder, `port-${port}.log`),
  });
  await inside.waitUntil(() => Promise.resolve(inside.lastWords().includes('ready')), 10_000);
  return {
    stop: async () => {
      await inside.end('SIGTERM');
      await relay.stop();
    },
  };
}
