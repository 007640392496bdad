import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LoadAccount, LoadOptions } from '@bellows/load';
import type { ControlPlaneInfo } from '../kube/control-plane.ts';
import { commandInNamespace } from '../kube/network-namespace.ts';

/** Both from `src` and from `dist`, since a process needs what is built. */
const PROGRAM = fileURLToPath(new URL('../../dist/load/load-program.js', import.meta.url));

/** A load on a cluster's Service, from inside its network. */
export interface StartedLoad {
  /** When the arrivals began, in milliseconds since the epoch. */
  readonly startedAtMs: Promise<number>;
  /** What has become of the requests until now. */
  account(): Promise<LoadAccount>;
  /** Resolves when the profile is over and every request is accounted for. */
  readonly done: Promise<LoadAccount>;
  /** Ends the arrivals, and resolves as {@link done}. */
  stop(): Promise<LoadAccount>;
}

/** Starts a load in the namespace of a control plane; it ends with this process at the latest. */
export function startLoad(info: ControlPlaneInfo, options: LoadOptions): StartedLoad {
  const file = join(info.folder, `load-${randomBytes(4).toString('hex')}.json`);
  writeFileSync(file, JSON.stringify(options));
  const [program, ...args] = commandInNamespace(info.namespacePid, [
    process.execPath,
    PROGRAM,
    file,
  ]);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  const asked: ((account: LoadAccount) => void)[] = [];
  let last: LoadAccount | undefined;
  let hasStarted: (atMs: number) => void = () => undefined;
  const startedAtMs = new Promise<number>((resolve) => {
    hasStarted = resolve;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as LoadAccount | { readonly startedAtMs: number };
    if ('startedAtMs' in said) {
      hasStarted(said.startedAtMs);
      return;
    }
    last = said;
    asked.shift()?.(last);
  });
  const done = new Promise<LoadAccount>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (last !== undefined && code === 0) resolve(last);
      else reject(new Error(`the load ended with ${String(code)}`));
    });
  });
  // Somebody who waits for nothing else need not hear of it twice.
  done.catch(() => undefined);
  return {
    startedAtMs: Promise.race([startedAtMs, done.then(() => startedAtMs)]),
    done,
    account: () =>
      Promise.race([
        done,
        new Promise<LoadAccount>((resolve) => {
          asked.push(resolve);
          child.stdin.write('\n');
        }),
      ]),
    stop() {
      child.stdin.end();
      return done;
    },
  };
}
