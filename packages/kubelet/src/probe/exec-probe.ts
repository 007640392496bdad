import { spawn } from 'node:child_process';
import { sendSignal } from '../../runtime/pod-processes.cjs';
import { CANCELLED, type ProbeReport } from './probe-report.ts';

const MAX_OUTPUT_BYTES = 10 * 1024;

/** A command to run beside a container, with the container's own variables and folder. */
export interface ExecTarget {
  readonly command: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
}

/** Output that has not come this long after the command's end is lost, in milliseconds. */
const OUTPUT_GRACE_MS = 100;

/**
 * Runs a command: success when it ends with 0 within the time. When the time is up it is killed with all that
 * it started, and that is a failure; a command that cannot be started is an error. Never rejects.
 *
 * @param signal - Calls it off: it is killed in the same way.
 * @see kubernetes/kubernetes v1.37.2 pkg/probe/exec/exec.go (Probe)
 */
export async function runExec(
  target: ExecTarget,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeReport> {
  try {
    signal.throwIfAborted();
    const end = await runCommand(target, timeoutMs, signal);
    signal.throwIfAborted();
    if (end.timedOut) return { outcome: 'failure', message: timeoutMessage(target, timeoutMs) };
    if (end.code === 0) return { outcome: 'success', message: end.output };
    const message =
      end.output || `command ended with ${end.signal ?? `exit code ${end.code ?? 0}`}`;
    return { outcome: 'failure', message };
  } catch (error) {
    if (signal.aborted) return CANCELLED;
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'error', message: `exec "${target.command[0] ?? ''}": ${reason}` };
  }
}

interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** Standard output and error as they came, up to {@link MAX_OUTPUT_BYTES}. */
  readonly output: string;
}

function runCommand(
  target: ExecTarget,
  timeoutMs: number,
  abort: AbortSignal,
): Promise<CommandEnd> {
  const [file = '', ...words] = target.command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, {
      cwd: target.workingDirectory,
      env: Object.fromEntries(target.environment),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(0, MAX_OUTPUT_BYTES);
      });
    }
    const killGroup = (): void => {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
    };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup();
    }, timeoutMs);
    abort.addEventListener('abort', killGroup);
    const forget = (): void => {
      clearTimeout(timer);
      abort.removeEventListener('abort', killGroup);
    };
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forget();
      killGroup();
      // What left the group may hold the pipe for ever: do not wait for it.
      const grace = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, OUTPUT_GRACE_MS);
      child.once('close', () => {
        clearTimeout(grace);
        resolve({ code, signal, timedOut, output: output.trim() });
      });
    });
  });
}

function timeoutMessage(target: ExecTarget, timeoutMs: number): string {
  return `command timed out: "${target.command.join(' ')}" timed out after ${timeoutMs / 1000}s`;
}
