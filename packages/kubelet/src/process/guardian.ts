import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BellowsError } from '@bellows/core';

const PROGRAM = fileURLToPath(new URL('../../runtime/guardian.cjs', import.meta.url));
const RESTART_DELAY_MS = 1000;
/** A guardian that has not ended so long after it was told to is killed: it may be stopped by a signal. */
const STOP_TIMEOUT_MS = 2000;

/** The process that ends the pods when this one is gone without having done so. */
export interface Guardian {
  /** @throws BellowsError `ERR_KUBELET_PLATFORM` when it cannot be started. */
  start(): Promise<void>;
  /** From now on a pod's processes are looked for by its uid. */
  addPod(uid: string): void;
  /** Adds a process group of a pod. */
  addGroup(uid: string, groupId: number): void;
  removeGroup(uid: string, groupId: number): void;
  removePod(uid: string): void;
  /** Ends the guardian, which ends nothing else; kills it after two seconds. Idempotent. */
  stop(): Promise<void>;
}

/** Creates the link to a guardian; one that dies is replaced and told everything again. */
export function createGuardian(): Guardian {
  return new GuardianLink();
}

class GuardianLink implements Guardian {
  readonly #groupsByPod = new Map<string, Set<number>>();
  #child: ChildProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #launching: Promise<void> = Promise.resolve();
  #stopped = false;

  async start(): Promise<void> {
    this.#launching = this.#launch();
    await this.#launching.catch((cause: unknown) => {
      throw new BellowsError('ERR_KUBELET_PLATFORM', 'the guardian process cannot be started', {
        remedy: 'Check that this user may start processes (ulimit -u) and that Node is readable.',
        cause,
      });
    });
  }

  addPod(uid: string): void {
    this.#groupsByPod.set(uid, new Set());
    this.#tell(`+ ${uid} 0`);
  }

  addGroup(uid: string, groupId: number): void {
    this.#groupsByPod.get(uid)?.add(groupId);
    this.#tell(`+ ${uid} ${groupId}`);
  }

  removeGroup(uid: string, groupId: number): void {
    this.#groupsByPod.get(uid)?.delete(groupId);
    this.#tell(`- ${uid} ${groupId}`);
  }

  removePod(uid: string): void {
    this.#groupsByPod.delete(uid);
    this.#tell(`- ${uid} 0`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#restartTimer);
    // A replacement on its way would outlive this one.
    await this.#launching.catch(() => undefined);
    const child = this.#child;
    if (child === undefined) return;
    child.ref();
    const ended = once(child, 'exit');
    this.#tell('quit');
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  #tell(line: string): void {
    if (this.#child?.stdin?.writable === true) this.#child.stdin.write(`${line}\n`);
  }

  async #launch(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM], {
      cwd: '/',
      detached: true,
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // A guardian that has died shows as EPIPE here; its exit is what counts.
    child.stdin.on('error', () => undefined);
    await once(child, 'spawn');
    this.#child = child;
    child.unref();
    child.once('exit', () => {
      this.#child = undefined;
      if (!this.#stopped) this.#relaunchLater();
    });
    for (const [uid, groups] of this.#groupsByPod) {
      this.#tell(`+ ${uid} 0`);
      for (const groupId of groups) this.#tell(`+ ${uid} ${groupId}`);
    }
  }

  #relaunchLater(): void {
    this.#restartTimer = setTimeout(() => {
      this.#launching = this.#launch();
      this.#launching.catch(() => {
        if (!this.#stopped) this.#relaunchLater();
      });
    }, RESTART_DELAY_MS);
  }
}
