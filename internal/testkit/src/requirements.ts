import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findGo } from '../../../e2e/kube/build.mjs';

/** Something a test needs of the machine. */
export interface Requirement {
  readonly name: string;
  /** What cannot be tested without it. */
  readonly neededFor: string;
  /** How to get it. */
  readonly install: string;
  readonly isMet: () => boolean;
}

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).error === undefined;

const succeeds = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Root may; others where the kernel lets users make namespaces of their own. */
const canMakeNetwork = (): boolean => {
  const asUser = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return succeeds('unshare', ...asUser, '--net', 'true');
};

/** Everything any test needs beyond Node and npm. */
export const REQUIREMENTS: Readonly<
  Record<
    | 'linux'
    | 'pid-namespaces'
    | 'python3'
    | 'kube'
    | 'openssl'
    | 'prometheus'
    | 'go'
    | 'postgresql'
    | 'redis'
    | 'mariadb'
    | 'java',
    Requirement
  >
> = {
  linux: {
    name: 'Linux',
    neededFor:
      'an address of its own for each pod, and the end of processes that left their session',
    install: 'run the tests on Linux',
    isMet: () => process.platform === 'linux',
  },
  'pid-namespaces': {
    name: 'unshare --pid',
    neededFor: 'services that are PID 1, as in a container',
    install: 'apt-get install util-linux, and run the tests as root',
    isMet: () => succeeds('unshare', '--pid', '--fork', '--mount-proc', 'true'),
  },
  python3: {
    name: 'python3',
    neededFor: 'pods that are not Node processes',
    install: 'apt-get install python3',
    isMet: () => runs('python3', '--version'),
  },
  kube: {
    name: 'Go 1.26 with iproute2, util-linux and curl',
    neededFor: 'what only a real Kubernetes control plane shows (e2e/)',
    install: 'apt-get install iproute2 util-linux curl, and Go from https://go.dev/dl',
    isMet: () =>
      process.platform === 'linux' &&
      succeeds('ip', '-Version') &&
      succeeds('nsenter', '--version') &&
      succeeds('curl', '--version') &&
      canMakeNetwork() &&
      findGo() !== undefined,
  },
  openssl: {
    name: 'openssl',
    neededFor: 'pods whose certificate nobody trusts',
    install: 'apt-get install openssl',
    isMet: () => runs('openssl', 'version'),
  },
  prometheus: {
    name: 'prometheus',
    neededFor: "windows beside Prometheus' own functions, and what promtool says of our pages",
    install: 'apt-get install prometheus',
    isMet: () => runs('promtool', '--version'),
  },
  go: {
    name: 'Go 1.26',
    neededFor:
      "what Prometheus' own linter says of names in UTF-8, which Debian's promtool does not know",
    install: 'install Go from https://go.dev/dl',
    isMet: () => findGo() !== undefined,
  },
  postgresql: {
    name: 'PostgreSQL',
    neededFor: "guards of its pools, and the adapter's queries",
    install: 'apt-get install postgresql',
    isMet: () => existsSync('/usr/lib/postgresql'),
  },
  redis: {
    name: 'Redis',
    neededFor: 'guards of its clients',
    install: 'apt-get install redis-server',
    isMet: () => runs('redis-server', '--version'),
  },
  mariadb: {
    name: 'MariaDB',
    neededFor: "guards of mysql2's pools",
    install: 'apt-get install mariadb-server',
    isMet: () => runs('mariadbd', '--version'),
  },
  java: {
    name: 'Java 17',
    neededFor: "the adapter's Kafka source, beside a real broker",
    install: 'apt-get install openjdk-17-jre-headless',
    isMet: () => succeeds('java', '--version'),
  },
};

/** Whether this machine has it. A test that asks is listed by `npm test` when the answer is no. */
export function machineHas(name: keyof typeof REQUIREMENTS): boolean {
  return REQUIREMENTS[name].isMet();
}

/** The requirements this machine does not meet. */
export function unmetRequirements(): Requirement[] {
  return Object.values(REQUIREMENTS).filter((requirement) => !requirement.isMet());
}
