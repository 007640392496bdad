import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { exposePort } from '../kube/expose-port.ts';
import type { ControlPlaneInfo } from '../kube/control-plane.ts';
import { API_SERVER_PORT, commandInNamespace } from '../kube/network-namespace.ts';
import { kubectl } from '../kube/kubectl.ts';
import { freePort } from '@bellows/testkit';

const root = new URL('../../../', import.meta.url);
const MANIFESTS = fileURLToPath(new URL('deploy/kubernetes/adapter.yaml', root));
const BELLOWS = fileURLToPath(new URL('packages/cli/bin/bellows.js', root));
/** Names of the plain manifests. */
const NAMESPACE = 'bellows-system';
const NAME = 'bellows-adapter';

/** How {@link deployAdapter} deploys. */
export interface DeployOptions {
  /** Folder for the adapter's files. */
  readonly folder: string;
  /** Text of its configuration. */
  readonly config: string;
  /** Where rules ask. */
  readonly prometheusUrl: string;
  /** Further arguments. */
  readonly args?: readonly string[];
  /** Whether it runs inside the network namespace, where pods have their addresses. @defaultValue false */
  readonly isInside?: boolean;
}

/** The adapter as a process of this machine, with the rights that its manifests give its pods. */
export interface DeployedAdapter {
  /** Of its port. */
  readonly url: string;
  /** Its process id. */
  readonly pid: number;
  /** Kubeconfig of its service account. */
  readonly kubeconfig: string;
  /** Lines of its log so far. */
  readonly log: readonly string[];
  /** Ends it with SIGTERM and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * Applies `deploy/kubernetes`, and runs `bellows adapter` as its pods would be run: with the service account's token and no other right.
 * Only the Service differs: it leads to this machine.
 */
export async function deployAdapter(
  info: ControlPlaneInfo,
  { folder, config, prometheusUrl, args = [], isInside = false }: DeployOptions,
): Promise<DeployedAdapter> {
  const port = await freePort();
  await applyManifests(info, port);
  const kubeconfig = join(folder, 'adapter-kubeconfig');
  writeFileSync(kubeconfig, await accountKubeconfig(info, isInside), { mode: 0o600 });
  const configFile = join(folder, 'config.yaml');
  writeFileSync(configFile, config);
  const exposed = isInside ? undefined : await exposePort(info, port);
  const command = [
    ...[
      process.execPath,
      BELLOWS,
      'adapter',
      `--config=${configFile}`,
      `--prometheus-url=${prometheusUrl}`,
    ],
    ...['--bind-address=127.0.0.1', `--secure-port=${port}`, `--lister-kubeconfig=${kubeconfig}`],
    ...[`--service=${NAMESPACE}/${NAME}:${port}`, `--ca-secret=${NAME}-ca`],
    ...['--metrics-relist-interval=5s', '--shutdown-delay-duration=0s', ...args],
  ];
  const [program = '', ...rest] = isInside
    ? commandInNamespace(info.namespacePid, command)
    : command;
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const log: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    log.push(...text.split('\n').filter((line) => line !== ''));
  });
  return {
    ...{ url: `https://127.0.0.1:${port}`, pid: child.pid ?? 0, kubeconfig, log },
    stop: async () => {
      const code = await ended(child);
      await exposed?.stop();
      return code;
    },
  };
}

/** Names of the Service and its namespace, as `--service` takes them. */
export const DEPLOYED_SERVICE = 'bellows-system/bellows-adapter';

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

async function applyManifests(info: ControlPlaneInfo, port: number): Promise<void> {
  const objects = parseAllDocuments(readFileSync(MANIFESTS, 'utf8')).map(
    (document) => document.toJS() as { readonly kind: string; readonly metadata: object },
  );
  const items = objects
    .filter(({ kind }) => kind !== 'Deployment')
    .map((object) =>
      object.kind === 'Service'
        ? {
            ...object,
            spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
          }
        : object,
    );
  const list = { apiVersion: 'v1', kind: 'List', items };
  await kubectl(info, ['apply', '-f', '-'], JSON.stringify(list));
}

async function accountKubeconfig(info: ControlPlaneInfo, isInside: boolean): Promise<string> {
  const token = await kubectl(info, ['create', 'token', NAME, `--namespace=${NAMESPACE}`]);
  const text = await kubectl(info, ['config', 'view', '--raw', '--output=json']);
  const config = JSON.parse(text) as {
    users: { name: string; user: object }[];
    clusters: { cluster: { server: string } }[];
  };
  for (const { cluster } of isInside ? config.clusters : []) {
    cluster.server = `https://127.0.0.1:${API_SERVER_PORT}`;
  }
  config.users = config.users.map(({ name }) => ({ name, user: { token: token.trim() } }));
  return JSON.stringify(config);
}
