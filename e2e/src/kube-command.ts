// `npm run kube -- up|down|kubectl …|run …`: a control plane, a node and the Services' data path that stay up until they are taken
// down. A process of its own holds them; what they consist of ends with that process.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKube, kubePath } from '../kube/build.mjs';
import { commandInNamespace } from './kube/network-namespace.ts';
import { startCluster } from './start-cluster.ts';

const USAGE = `usage: npm run kube -- up         start Kubernetes with a node whose pods are processes, and wait until it is ready
       npm run kube -- down       end it
       npm run kube -- kubectl …  its own kubectl, as administrator
       npm run kube -- run …      a command in its network, where Services have their addresses
`;
/** Below the repository: not committed, and one control plane a checkout. */
const FOLDER = fileURLToPath(new URL('../../.bellows/kube', import.meta.url));
const PID_FILE = `${FOLDER}.pid`;
const LOG_FILE = `${FOLDER}.log`;
const KUBECONFIG = join(FOLDER, 'kubeconfig');
/** Below it, where `run` finds the way in. */
const NAMESPACE_FILE = join(FOLDER, 'namespace.pid');
const START_TIMEOUT_MS = 120_000;

async function up(): Promise<number> {
  if (holderPid() !== undefined) return say(`It is up already.\n${HOW_TO_USE}`, 0);
  await buildKube();
  // What a holder left that was killed: its certificates and data are of no use to the next one.
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const log = openSync(LOG_FILE, 'w');
  const holder = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold'], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const isUp = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, START_TIMEOUT_MS);
    holder.once('message', () => {
      clearTimeout(timer);
      resolve(true);
    });
    holder.once('exit', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
  if (!isUp) {
    holder.kill('SIGTERM');
    return say(`It did not start:\n${readFileSync(LOG_FILE, 'utf8')}`, 1);
  }
  holder.disconnect();
  holder.unref();
  return say(HOW_TO_USE, 0);
}

const HOW_TO_USE = `Kubernetes is up. To use it:

  npm run kube -- kubectl apply -f examples/shop/k8s/
  npm run kube -- kubectl get pods,services
  npm run kube -- run curl http://CLUSTER-IP/items/7
  export KUBECONFIG=${KUBECONFIG}

Pods are processes of this machine. Logs of the parts: ${FOLDER}/*.log
`;

/** The process that holds all of it. */
async function hold(): Promise<void> {
  writeFileSync(PID_FILE, String(process.pid));
  try {
    const cluster = await startCluster({ kube: kubePath(), folder: FOLDER });
    writeFileSync(NAMESPACE_FILE, String(cluster.plane.info.namespacePid));
    const end = (): void => {
      void cluster.stop().finally(() => {
        rmSync(PID_FILE, { force: true });
      });
    };
    process.once('SIGTERM', end).once('SIGINT', end);
    process.send?.('up');
  } catch (error) {
    rmSync(PID_FILE, { force: true });
    throw error;
  }
}

async function down(): Promise<number> {
  const pid = holderPid();
  if (pid === undefined) return say('It is not up.\n', 0);
  process.kill(pid, 'SIGTERM');
  while (holderPid() !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  return say('It is down.\n', 0);
}

function kubectl(args: readonly string[]): number {
  if (holderPid() === undefined) return say('It is not up: npm run kube -- up\n', 1);
  const { status } = spawnSync(kubePath(), ['kubectl', `--kubeconfig=${KUBECONFIG}`, ...args], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

function runInside(command: readonly string[]): number {
  if (holderPid() === undefined) return say('It is not up: npm run kube -- up\n', 1);
  const pid = Number(readFileSync(NAMESPACE_FILE, 'utf8'));
  const [program, ...args] = commandInNamespace(pid, command);
  return spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
}

/** The holder's process id; undefined when there is none, or it was killed. */
function holderPid(): number | undefined {
  if (!existsSync(PID_FILE)) return undefined;
  const pid = Number(readFileSync(PID_FILE, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    rmSync(PID_FILE, { force: true });
    return undefined;
  }
}

function say(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}

async function run(command: string | undefined, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'up':
      return up();
    case 'down':
      return down();
    case 'kubectl':
      return kubectl(args);
    case 'run':
      return runInside(args);
    case undefined:
    default:
      return say(USAGE, 2);
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === 'hold') await hold();
else {
  try {
    process.exitCode = await run(command, rest);
  } catch (error) {
    process.exitCode = say(`${error instanceof Error ? error.message : String(error)}\n`, 1);
  }
}
