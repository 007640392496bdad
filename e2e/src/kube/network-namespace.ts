import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KubeProcess } from './kube-process.ts';

/** Where the API server listens inside; nothing else of the machine does, so that the port never clashes. */
export const API_SERVER_PORT = 6443;
/** An address of the namespace that is no loopback address: endpoints must not have one. */
export const ADVERTISE_ADDRESS = '10.0.9.1';

const ENTER_AS_ROOT = ['--net'];
/** Without root, the namespace belongs to a user namespace in which this user is root. */
const ENTER_AS_USER = ['--user', '--preserve-credentials', '--net'];
const isRoot = (): boolean => process.getuid?.() === 0;

/** A network of its own, which lasts as long as its first process. */
export interface NetworkNamespace {
  /** The process that holds it. */
  readonly pid: number;
  /** Socket file through which the API server's port is reached from outside. */
  readonly apiServerSocket: string;
  /** Ends what holds it, and so itself when all else in it has ended. */
  end(): Promise<void>;
}

/**
 * Makes a namespace with a loopback device up, and forwards the socket file to the API server's port in it.
 *
 * @throws Error when a command is missing, or this user may make no namespace.
 */
export async function createNetworkNamespace(
  kube: string,
  folder: string,
): Promise<NetworkNamespace> {
  requireCommands();
  const socket = join(folder, 'api.sock');
  const prepare = `ip link set lo up && ip address add ${ADVERTISE_ADDRESS}/32 dev lo && exec "$@"`;
  const holder = new KubeProcess({
    name: 'the network namespace',
    command: [
      'unshare',
      ...(isRoot() ? [] : ['--user', '--map-root-user']),
      '--net',
      ...['--', 'sh', '-c', prepare, 'sh', kube, 'forward'],
      `unix:${socket}`,
      `tcp:127.0.0.1:${API_SERVER_PORT}`,
    ],
    logFile: join(folder, 'network.log'),
  });
  await holder.waitUntil(() => Promise.resolve(existsSync(socket)), 10_000);
  return {
    pid: holder.pid,
    apiServerSocket: socket,
    end: () => holder.end('SIGTERM'),
  };
}

/** Commands that make and enter a network namespace, and the Debian package of each. */
const COMMANDS = { ip: 'iproute2', unshare: 'util-linux', nsenter: 'util-linux' };

function requireCommands(): void {
  for (const [command, debianPackage] of Object.entries(COMMANDS)) {
    const { error } = spawnSync(command, ['--version'], { stdio: 'ignore' });
    if (error === undefined) continue;
    throw new Error(
      `a control plane needs the command ${command}, and it was not found: apt-get install ${debianPackage}`,
    );
  }
}

/** The command that runs `command` in the namespace held by process `pid`. */
export function commandInNamespace(pid: number, command: readonly string[]): [string, ...string[]] {
  const ways = isRoot() ? ENTER_AS_ROOT : ENTER_AS_USER;
  return ['nsenter', '--target', String(pid), ...ways, '--', ...command];
}
