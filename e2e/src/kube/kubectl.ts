import { spawn, type ChildProcess } from 'node:child_process';
import type { ControlPlaneInfo } from './control-plane.ts';

/** Those that run: `kubectl delete` and `wait` go on asking an API server that is gone. */
const running = new Map<ChildProcess, string>();

/** Ends every kubectl that this process runs on a control plane. */
export function endKubectls({ kubeconfig }: Pick<ControlPlaneInfo, 'kubeconfig'>): void {
  for (const [child, its] of running) if (its === kubeconfig) child.kill('SIGKILL');
}

/**
 * Runs the control plane's own kubectl as administrator and resolves with what it wrote.
 *
 * @param input - Given to it as standard input, for `-f -`.
 * @throws Error with its words when it ends with another code than 0.
 */
export async function kubectl(
  info: Pick<ControlPlaneInfo, 'kube' | 'kubeconfig'>,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const child = spawn(info.kube, ['kubectl', `--kubeconfig=${info.kubeconfig}`, ...args]);
  running.set(child, info.kubeconfig);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // A kubectl that does not read ends while it is written to.
  child.stdin.on('error', () => undefined).end(input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  }).finally(() => running.delete(child));
  if (code === 0) return output;
  throw new Error(`kubectl ${args.join(' ')} ended with ${String(code)}: ${errors}`);
}
