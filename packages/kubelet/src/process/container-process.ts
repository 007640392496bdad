import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { sendSignal } from '../../runtime/pod-processes.cjs';
import { createLineSplitter } from '../output/line-splitter.ts';
import type { Sweeper } from './sweeper.ts';

/** Output that has not come this long after the last process is lost, in milliseconds. */
const OUTPUT_GRACE_MS = 500;

/** What to run, and what to tell. */
export interface ContainerProcessOptions {
  readonly command: readonly [string, ...string[]];
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  /** `NAME=VALUE` that all its processes carry. */
  readonly mark: string;
  readonly sweeper: Sweeper;
  readonly line: (stream: 'stdout' | 'stderr', text: string) => void;
  /** The command could not be run. Nothing else is called then. */
  readonly failed: (error: NodeJS.ErrnoException) => void;
  /** The main process has ended; the others are being killed. */
  readonly exited: (exitCode: number) => void;
  /** No process is left, and all output has been read. */
  readonly settled: () => void;
}

/** The processes of a running container. */
export interface ContainerProcess {
  /** Main process; also the number of its session and group. */
  readonly pid: number;
  /** Sends a signal to the main process only, as a runtime does to a container's PID 1. */
  signal(signal: NodeJS.Signals): void;
  /** Kills all its processes. */
  readonly killAll: () => void;
}

/**
 * Starts a container's main process in a session of its own. When it ends, the container's other processes
 * are killed, as they are when PID 1 of a PID namespace ends.
 *
 * @returns Undefined when the command cannot be run; `failed` is called then.
 */
export function startContainerProcess(
  options: ContainerProcessOptions,
): ContainerProcess | undefined {
  const child = spawnOrFail(options);
  if (child instanceof Error) {
    process.nextTick(options.failed, child);
    return undefined;
  }
  const { pid } = child;
  if (pid === undefined) {
    child.once('error', options.failed);
    return undefined;
  }
  child.on('error', () => undefined);
  const closed = readOutput(child, options.line);
  const remains = { mainPid: pid, mark: options.mark };
  child.once('exit', (code, signal) => {
    options.exited(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    void options.sweeper.sweep(remains).then(() => {
      closed(options.settled);
    });
  });
  let alive = true;
  child.once('exit', () => {
    alive = false;
  });
  return {
    pid,
    signal(signal) {
      if (alive) sendSignal(pid, signal);
    },
    killAll() {
      void options.sweeper.sweep(remains);
    },
  };
}

/** Some failures, such as an environment that is too large, are thrown; others are told by an event. */
function spawnOrFail(options: ContainerProcessOptions): ChildProcess | Error {
  const [file, ...words] = options.command;
  try {
    return spawn(file, words, {
      cwd: options.workingDirectory,
      env: Object.fromEntries(options.environment),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Hands on the output by lines; returns a function that calls back when it has come to its end. */
function readOutput(
  child: ChildProcess,
  line: ContainerProcessOptions['line'],
): (done: () => void) => void {
  const splitters = (['stdout', 'stderr'] as const).map((stream) => {
    const splitter = createLineSplitter((text) => {
      line(stream, text);
    });
    child[stream]?.on('data', splitter.push);
    return splitter;
  });
  let isClosed = false;
  let whenClosed: (() => void) | undefined;
  child.once('close', () => {
    for (const splitter of splitters) splitter.end();
    isClosed = true;
    whenClosed?.();
  });
  return (done) => {
    if (isClosed) {
      done();
      return;
    }
    // A process that could not be found may still hold the pipe.
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, OUTPUT_GRACE_MS);
    whenClosed = () => {
      clearTimeout(timer);
      done();
    };
  };
}
