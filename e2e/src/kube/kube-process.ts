import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';

/** How a program is started. */
export interface KubeProcessOptions {
  /** Short name, for messages. */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** File that what it writes is added to. */
  readonly logFile: string;
}

/** A program that runs, and ends with this process at the latest: it watches its standard input. */
export class KubeProcess {
  readonly #child: ChildProcess;
  readonly #options: KubeProcessOptions;
  readonly #ended: Promise<void>;
  /** Where its own words begin in the file. */
  readonly #logStartBytes: number;

  constructor(options: KubeProcessOptions) {
    this.#options = options;
    const [program, ...args] = options.command;
    const log = openSync(options.logFile, 'a', 0o600);
    this.#logStartBytes = statSync(options.logFile).size;
    this.#child = spawn(program, args, { stdio: ['pipe', log, log] });
    closeSync(log);
    this.#child.stdin?.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => {
        resolve();
      });
      this.#child.once('error', () => {
        resolve();
      });
    });
  }

  /** Its process id. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether it has ended, or never started. */
  get hasEnded(): boolean {
    return (
      this.#child.exitCode !== null ||
      this.#child.signalCode !== null ||
      this.#child.pid === undefined
    );
  }

  /** Sends a signal, and SIGKILL when it is not gone after `graceMs` milliseconds. Resolves when it has ended. */
  async end(signal: NodeJS.Signals, graceMs = 5_000): Promise<void> {
    if (this.hasEnded) return;
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Whether it has written these words, after its own start. */
  hasSaid(words: string): boolean {
    return readFileSync(this.#options.logFile).subarray(this.#logStartBytes).includes(words);
  }

  /** The end of what it wrote, for an error message. */
  lastWords(): string {
    const lines = readFileSync(this.#options.logFile, 'utf8').trimEnd().split('\n');
    return lines.slice(-15).join('\n');
  }

  /**
   * Resolves when `look` says true.
   *
   * @throws Error with its last words when it ends before, or the time is up.
   */
  async waitUntil(look: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadlineMs = performance.now() + timeoutMs;
    while (!(await look())) {
      const isLate = performance.now() > deadlineMs;
      if (this.hasEnded || isLate) {
        const fact = isLate ? `was not ready within ${timeoutMs} ms` : 'ended while it started';
        throw new Error(`${this.#options.name} ${fact}:\n${this.lastWords()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
