import { execFileSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { temporaryDirectory } from '../temporary-directory.ts';

/** A server with data of its own, on a free port of 127.0.0.1. */
export interface Database extends AsyncDisposable {
  readonly port: number;
  /** Stops the process where it is, as if it hung, until `resume`. */
  pause(): void;
  /** Ends a `pause`. */
  resume(): void;
}

/** Starts a server with an empty data folder, on a port that was free a moment ago. */
export async function startDatabase(
  run: (data: string, port: number) => Promise<ChildProcess>,
  signal: NodeJS.Signals,
): Promise<Database> {
  const data = await temporaryDirectory();
  const port = await freePort();
  const child = await run(data.path, port);
  return {
    port,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGCONT');
        child.kill(signal);
        await exited;
      }
      await data[Symbol.asyncDispose]();
    },
  };
}

/** How a process runs as a user, where root starts it; the folder is the user's then. */
export function asUser(name: string, folder: string): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  const user = { uid: id('-u'), gid: id('-g') };
  chownSync(folder, user.uid, user.gid);
  return user;
}

/** A port of 127.0.0.1 that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
