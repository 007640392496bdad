import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createKubernetesClient, type KubernetesClient } from '@bellows/kubernetes';
import type { CertificateAuthority } from './certificates.ts';
import { writeCredentials } from './credentials.ts';
import { makeDataFolder } from './data-folder.ts';
import { endKubectls } from './kubectl.ts';
import { writeKubeconfig } from './kubeconfig-file.ts';
import { KubeProcess } from './kube-process.ts';
import {
  commandInNamespace,
  createNetworkNamespace,
  type NetworkNamespace,
} from './network-namespace.ts';
import {
  programArguments,
  PROGRAM_NAMES,
  type ExtraFlags,
  type ProgramName,
} from './program-arguments.ts';
import { startSocketRelay, type SocketRelay } from './socket-relay.ts';

/** Options of {@link startControlPlane}. */
export interface ControlPlaneOptions {
  /** The program `buildKube` has built. */
  readonly kube: string;
  /** Made if need be, and removed at the end. @defaultValue a new folder for temporary files */
  readonly folder?: string;
  /** Which programs are started. @defaultValue all of them */
  readonly programs?: readonly ProgramName[];
  /** Flags added to a program's own, such as `--horizontal-pod-autoscaler-sync-period=1s`. */
  readonly extraFlags?: ExtraFlags;
}

/** What another process needs to use a control plane; JSON can hold it. */
export interface ControlPlaneInfo {
  /** File with an administrator's credentials; the API server's address in it is one of this machine. */
  readonly kubeconfig: string;
  /** Folder of certificates, kubeconfigs and logs. */
  readonly folder: string;
  /** The program that holds etcd, Kubernetes' programs and kubectl. */
  readonly kube: string;
  /** A process inside the network namespace: see `commandInNamespace`. */
  readonly namespacePid: number;
}

/** Kubernetes' own control plane, as processes of this machine in a network of their own. */
export interface ControlPlane {
  /** How to use it from elsewhere. */
  readonly info: ControlPlaneInfo;
  /** Signs certificates that the API server trusts, such as a node's. */
  readonly authority: CertificateAuthority;
  /** Process id of a program; 0 when it does not run. */
  pidOf(name: ProgramName): number;
  /** Ends a program with SIGKILL and resolves when it is gone. */
  kill(name: ProgramName): Promise<void>;
  /** Starts a program that is not running, and resolves when it is ready. */
  start(name: ProgramName): Promise<void>;
  /** Ends all of it and removes its folder. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a control plane and resolves when it is ready, about 5 s later. All its processes end with this one, however it
 * ends: they watch their standard input.
 *
 * @throws Error with a program's last words when it does not start.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = options.folder ?? makeDataFolder();
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const credentials = await writeCredentials(folder);
  const namespace = await createNetworkNamespace(options.kube, folder);
  const relay = await startSocketRelay(
    { host: '127.0.0.1', port: 0 },
    { path: namespace.apiServerSocket },
  );
  const kubeconfig = join(folder, 'kubeconfig');
  writeKubeconfig(kubeconfig, {
    server: `https://127.0.0.1:${relay.port}`,
    authority: credentials.authority.certificate,
    user: credentials.admin,
  });
  const info = { kubeconfig, folder, kube: options.kube, namespacePid: namespace.pid };
  const client = await createKubernetesClient({ kubeconfig, timeoutMs: 5_000 });
  const plane = new RunningControlPlane(
    { info, namespace, relay, client, authority: credentials.authority },
    programArguments(folder, options.extraFlags ?? {}),
  );
  try {
    for (const name of options.programs ?? PROGRAM_NAMES) await plane.start(name);
    return plane;
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

interface Parts {
  readonly info: ControlPlaneInfo;
  readonly namespace: NetworkNamespace;
  readonly relay: SocketRelay;
  readonly client: KubernetesClient;
  readonly authority: CertificateAuthority;
}

/** A first start on a busy machine. */
const START_TIMEOUT_MS = 60_000;

class RunningControlPlane implements ControlPlane {
  readonly #parts: Parts;
  readonly #arguments: Readonly<Record<ProgramName, readonly string[]>>;
  readonly #processes = new Map<ProgramName, KubeProcess>();

  constructor(parts: Parts, programArgs: Readonly<Record<ProgramName, readonly string[]>>) {
    this.#parts = parts;
    this.#arguments = programArgs;
  }

  get info(): ControlPlaneInfo {
    return this.#parts.info;
  }

  get authority(): CertificateAuthority {
    return this.#parts.authority;
  }

  pidOf(name: ProgramName): number {
    const running = this.#processes.get(name);
    return running === undefined || running.hasEnded ? 0 : running.pid;
  }

  async kill(name: ProgramName): Promise<void> {
    await this.#processes.get(name)?.end('SIGKILL');
  }

  async start(name: ProgramName): Promise<void> {
    const { kube, namespacePid, folder } = this.info;
    const command = [kube, name, ...this.#arguments[name]];
    const started = new KubeProcess({
      name: `kube-${name}`,
      command: commandInNamespace(namespacePid, command),
      logFile: join(folder, `${name}.log`),
    });
    this.#processes.set(name, started);
    await started.waitUntil(() => this.#isReady(name), START_TIMEOUT_MS);
  }

  async stop(): Promise<void> {
    const { client, relay, namespace, info } = this.#parts;
    client.close();
    endKubectls(info);
    // What depends on another one goes first; the API server has nobody left to wait for.
    for (const name of [...PROGRAM_NAMES].reverse()) {
      await this.#processes.get(name)?.end(name === 'etcd' ? 'SIGKILL' : 'SIGTERM', 2_000);
    }
    await relay.stop();
    await namespace.end();
    rmSync(info.folder, { recursive: true, force: true });
  }

  async #isReady(name: ProgramName): Promise<boolean> {
    switch (name) {
      case 'etcd':
        return readFileSync(join(this.info.folder, 'etcd.log'), 'utf8').includes('etcd is ready');
      case 'apiserver':
        return this.#answers('/readyz');
      case 'controller-manager':
        // One of its controllers makes this object in every namespace.
        return this.#answers('/api/v1/namespaces/default/serviceaccounts/default');
      case 'scheduler':
        // It serves nothing outside; a wrong flag ends it at once, which the next use shows.
        return true;
    }
  }

  async #answers(path: string): Promise<boolean> {
    try {
      const response = await this.#parts.client.stream(path, {}, AbortSignal.timeout(5_000));
      response.destroy();
      return true;
    } catch {
      return false;
    }
  }
}
