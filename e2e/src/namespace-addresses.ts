import { execFile } from 'node:child_process';
import type { ControlPlaneInfo } from './kube/control-plane.ts';
import { commandInNamespace } from './kube/network-namespace.ts';

/** Gives the loopback device of a control plane's network namespace more addresses; ones it has already stay. */
export async function addAddresses(
  info: Pick<ControlPlaneInfo, 'namespacePid'>,
  addresses: readonly string[],
): Promise<void> {
  const lines = addresses.map((address) => `address replace ${address}/32 dev lo\n`);
  await runInNamespace(info, ['ip', '-batch', '-'], lines.join(''));
}

/** Takes an address away: whoever has it is not reached any more, and hears nobody. */
export async function removeAddress(
  info: Pick<ControlPlaneInfo, 'namespacePid'>,
  address: string,
): Promise<void> {
  await runInNamespace(info, ['ip', 'address', 'delete', `${address}/32`, 'dev', 'lo']);
}

/**
 * Runs a command in the network namespace, and resolves with what it wrote.
 *
 * @throws Error with its words when it ends with another code than 0.
 */
export async function runInNamespace(
  info: Pick<ControlPlaneInfo, 'namespacePid'>,
  command: readonly string[],
  input = '',
): Promise<string> {
  const [program, ...args] = commandInNamespace(info.namespacePid, command);
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command.join(' ')} failed: ${stderr}`, { cause: error }));
    });
    child.stdin?.on('error', () => undefined).end(input);
  });
}
