import { spawn } from 'node:child_process';
import { sendSignal } from '../../runtime/pod-processes.cjs';
import type { ProbeReport } from './probe-report.ts';

const MAX_OUTPUT_BYTES = 10 * 1024;

/** A command to run beside a container, with the container's own variables and folder. */
export interface ExecTarget {
  readonly command: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
}

/**
 * Runs a command: success when it ends with 0 within the time. When the time is up it is killed with all that
 * it started, and that is a failure; a command that cannot be started is an error.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/probe/exec/exec.go (Probe)
 */
export function runExec(target: ExecTarget, timeoutMs: number): Promise<ProbeReport> {
  const [file = '', ...words] = target.command;
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(file, words, {
      cwd: target.workingDirectory,
      env: Object.fromEntries(target.environment),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const killGroup = (): void => {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup();
    }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (output.length < MAX_OUTPUT_BYTES) output += chunk.toString('utf8', 0, MAX_OUTPUT_BYTES);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ outcome: 'error', message: `exec "${file}": ${error.message}` });
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      killGroup();
      if (timedOut) resolve({ outcome: 'failure', message: timeoutMessage(target, timeoutMs) });
      else if (code === 0) resolve({ outcome: 'success', message: output.trim() });
      else {
        const end = signal ?? `exit code ${code ?? 0}`;
        resolve({ outcome: 'failure', message: output.trim() || `command ended with ${end}` });
      }
    });
  });
}

function timeoutMessage(target: ExecTarget, timeoutMs: number): string {
  return `command timed out: "${target.command.join(' ')}" timed out after ${timeoutMs / 1000}s`;
}
