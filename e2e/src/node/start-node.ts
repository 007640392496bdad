import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCertificate } from '../kube/certificates.ts';
import type { ControlPlane } from '../kube/control-plane.ts';
import { writeKubeconfig } from '../kube/kubeconfig-file.ts';
import { KubeProcess } from '../kube/kube-process.ts';
import { API_SERVER_PORT, commandInNamespace } from '../kube/network-namespace.ts';
import { addAddresses } from '../namespace-addresses.ts';
import { descendants } from './descendants.ts';
import type { NodeOptions } from './node-options.ts';

/** Both from `src` and from `dist`, since a process needs what is built. */
const PROGRAM = fileURLToPath(new URL('../../dist/node/node-program.js', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
/** A kubelet's, in spite of what the machine is busy with. */
const START_TIMEOUT_MS = 60_000;
const PODS = 110;

/** What may be said of a node. */
export interface StartNodeOptions {
  /** From 1 to 200; its name is `node-INDEX`. @defaultValue 1 */
  readonly index?: number;
  /** How long its word that it is alive counts. @defaultValue 40, as a kubelet's */
  readonly leaseSeconds?: number;
  /** What it says to have. @defaultValue 8 CPUs: the scheduler must have room, whatever this machine has */
  readonly cpu?: string;
}

/** A node of a control plane: a process with the pods' processes below it. */
export interface StartedNode {
  /** Its name. */
  readonly name: string;
  /** Its address in the network namespace. */
  readonly address: string;
  /** Process id; 0 when it does not run. */
  pid(): number;
  /** Ends it and all its pods' processes with SIGKILL, as a machine that loses its power. */
  kill(): Promise<void>;
  /** Starts it again after {@link kill}: a machine that comes back, and runs the pods it is told to again. */
  start(): Promise<void>;
  /** Ends it and its pods. Idempotent. */
  stop(): Promise<void>;
}

/** Starts a node in the namespace of a control plane and resolves when pods can be scheduled on it. */
export async function startNode(
  plane: ControlPlane,
  options: StartNodeOptions = {},
): Promise<StartedNode> {
  const nodeOptions = await prepareNode(plane, options);
  const { name } = nodeOptions.node;
  const { folder, namespacePid } = plane.info;
  const file = join(folder, `${name}.options.json`);
  writeFileSync(file, JSON.stringify(nodeOptions));
  await addAddresses(plane.info, [nodeOptions.node.address, ...nodeOptions.podAddresses]);
  let running: KubeProcess | undefined;
  const node: StartedNode = {
    name,
    address: nodeOptions.node.address,
    pid: () => (running?.hasEnded === false ? running.pid : 0),
    async kill() {
      const pids = running?.hasEnded === false ? descendants(running.pid) : [];
      await running?.end('SIGKILL');
      for (const pid of pids) killIfThere(pid);
    },
    async start() {
      const started = new KubeProcess({
        name,
        command: commandInNamespace(namespacePid, [process.execPath, PROGRAM, file]),
        logFile: join(folder, `${name}.log`),
      });
      running = started;
      // The log goes on over a restart; each start says one line.
      await started.waitUntil(
        () => Promise.resolve(started.hasSaid('node is ready')),
        START_TIMEOUT_MS,
      );
    },
    stop: async () => running?.end('SIGTERM', 10_000),
  };
  await node.start();
  return node;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Its certificates, kubeconfig and addresses: 10.0.9.1N for node N, 10.244.N.1 and up for its pods. */
async function prepareNode(
  plane: ControlPlane,
  { index = 1, leaseSeconds = 40, cpu = '8' }: StartNodeOptions,
): Promise<NodeOptions> {
  const { folder } = plane.info;
  const name = `node-${index}`;
  const address = `10.0.9.${10 + index}`;
  const kubeconfig = join(folder, `${name}.json`);
  const { authority } = plane;
  const subject = `O=system:nodes,CN=system:node:${name}`;
  writeKubeconfig(kubeconfig, {
    server: `https://127.0.0.1:${API_SERVER_PORT}`,
    authority: authority.certificate,
    user: await authority.issue({ subject }),
  });
  writeCertificate(folder, name, await authority.issue({ subject, hosts: [address, name] }));
  const stateDirectory = join(folder, name);
  mkdirSync(stateDirectory, { recursive: true });
  return {
    ...{ node: { name, address }, kubeconfig, stateDirectory, leaseSeconds },
    podAddresses: Array.from({ length: 2 * PODS }, (_, host) => `10.244.${index}.${host + 1}`),
    folders: { images: join(REPOSITORY, 'examples'), fallback: REPOSITORY },
    tls: {
      certificate: join(folder, `${name}.crt`),
      key: join(folder, `${name}.key`),
      authority: join(folder, 'ca.crt'),
    },
    capacity: { cpu, memory: '16Gi', pods: String(PODS) },
  };
}
