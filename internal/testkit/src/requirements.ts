import { spawnSync } from 'node:child_process';

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

/** Everything any test needs beyond Node and npm. */
export const REQUIREMENTS: Readonly<
  Record<'linux' | 'python3' | 'openssl' | 'prometheus', Requirement>
> = {
  linux: {
    name: 'Linux',
    neededFor:
      'an address of its own for each pod, and the end of processes that left their session',
    install: 'run the tests on Linux',
    isMet: () => process.platform === 'linux',
  },
  python3: {
    name: 'python3',
    neededFor: 'pods that are not Node processes',
    install: 'apt-get install python3',
    isMet: () => runs('python3', '--version'),
  },
  openssl: {
    name: 'openssl',
    neededFor: 'pods whose certificate nobody trusts',
    install: 'apt-get install openssl',
    isMet: () => runs('openssl', 'version'),
  },
  prometheus: {
    name: 'prometheus',
    neededFor: "windows beside Prometheus' own functions",
    install: 'apt-get install prometheus',
    isMet: () => runs('promtool', '--version'),
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
