import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BELLOWS = fileURLToPath(new URL('../../packages/cli/bin/bellows.js', import.meta.url));

/** How a run of `bellows` ended. */
export interface BellowsResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `bellows` in a folder, without this user's kubeconfig, and resolves with what it wrote. */
export async function runBellows(args: readonly string[], cwd: string): Promise<BellowsResult> {
  const environment = { ...process.env, HOME: cwd, KUBECONFIG: '' };
  const child = spawn(process.execPath, [BELLOWS, ...args], { cwd, env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end();
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}
