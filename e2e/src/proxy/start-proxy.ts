import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from '../kube/control-plane.ts';
import { writeKubeconfig } from '../kube/kubeconfig-file.ts';
import { KubeProcess } from '../kube/kube-process.ts';
import { API_SERVER_PORT, commandInNamespace } from '../kube/network-namespace.ts';

/** Both from `src` and from `dist`, since a process needs what is built. */
const PROGRAM = fileURLToPath(new URL('../../dist/proxy/proxy-program.js', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** The data path of a cluster's Services. */
export interface StartedProxy {
  /** Process id. */
  readonly pid: number;
  /** Ends it with all connections. Idempotent. */
  stop(): Promise<void>;
}

/** Starts the data path in the namespace of a control plane and resolves when the Services there are can be reached. */
export async function startProxy(plane: ControlPlane): Promise<StartedProxy> {
  const { folder, namespacePid } = plane.info;
  const kubeconfig = join(folder, 'proxy.json');
  writeKubeconfig(kubeconfig, {
    server: `https://127.0.0.1:${API_SERVER_PORT}`,
    authority: plane.authority.certificate,
    user: await plane.authority.issue({ subject: 'CN=system:kube-proxy' }),
  });
  const program = new KubeProcess({
    name: 'proxy',
    command: commandInNamespace(namespacePid, [process.execPath, PROGRAM, kubeconfig]),
    logFile: join(folder, 'proxy.log'),
  });
  await program.waitUntil(
    () => Promise.resolve(program.hasSaid('proxy is ready')),
    START_TIMEOUT_MS,
  );
  return { pid: program.pid, stop: () => program.end('SIGTERM', 10_000) };
}
