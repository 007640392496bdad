import { watch, type FSWatcher } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BellowsError } from '@bellows/core';
import { readAdapterConfig } from '../config/read-adapter-config.ts';
import type { AdapterConfig } from '../config/discovery-rule.ts';
import type { Log } from '../self/log.ts';
import type { SourceState } from '../source/source.ts';

/** Options of {@link createConfigFile}. */
export interface ConfigFileOptions {
  /** The file; a ConfigMap's, say. */
  readonly path: string;
  /**
   * Takes what the file says, first and after each change that is valid. What it throws counts as a change that is not: what was
   * before stays.
   */
  readonly onConfig: (config: AdapterConfig) => Promise<void> | void;
  /** Takes what an operator should know. @defaultValue nobody is told */
  readonly log?: Log;
  /** The file is looked at after so long even if nobody told of a change, in milliseconds. @defaultValue 10000 */
  readonly intervalMs?: number;
}

/** A configuration that is read again when its file changes. */
export interface ConfigFile {
  /**
   * Reads the file for the first time, and watches it from then on.
   *
   * @throws BellowsError `ERR_ADAPTER_CONFIG` when it cannot be read or is not valid, or what `onConfig` throws. Nothing is watched then.
   */
  start(): Promise<void>;
  /** How the last reading did: `problem` while the file says something that is not served. */
  state(): SourceState;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** Larger than any ConfigMap, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Makes it; nothing is read yet. */
export function createConfigFile(options: ConfigFileOptions): ConfigFile {
  return new WatchedFile(options);
}

class WatchedFile implements ConfigFile {
  readonly #options: ConfigFileOptions;
  readonly #log: Log;
  #text: string | undefined;
  #problem: string | undefined;
  #lastSuccessMs: number | undefined;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #mustLookAgain = false;

  constructor(options: ConfigFileOptions) {
    this.#options = options;
    this.#log = options.log ?? (() => undefined);
  }

  async start(): Promise<void> {
    const text = await readText(this.#options.path);
    await this.#take(text);
    const { path, intervalMs = 10_000 } = this.#options;
    this.#timer = setInterval(() => {
      this.#look();
    }, intervalMs);
    // Kubernetes swaps a symbolic link beside the file, so that it is the folder that changes.
    this.#watcher = watch(dirname(path), () => {
      this.#look();
    });
    // The interval still looks where a folder cannot be watched.
    this.#watcher.on('error', (error) => {
      this.#log('warn', 'the folder of the configuration cannot be watched', { error });
    });
  }

  state(): SourceState {
    return {
      part: 'configuration',
      ...(this.#problem !== undefined && { problem: this.#problem }),
      ...(this.#lastSuccessMs !== undefined && { lastSuccessMs: this.#lastSuccessMs }),
    };
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#watcher?.close();
    this.#mustLookAgain = false;
    await this.#looking;
  }

  /** One look at a time; a change during a look leads to another one. */
  #look(): void {
    this.#mustLookAgain = true;
    this.#looking ??= this.#lookUntilSeen().finally(() => {
      this.#looking = undefined;
    });
  }

  async #lookUntilSeen(): Promise<void> {
    while (this.#mustLookAgain) {
      this.#mustLookAgain = false;
      await this.#lookOnce();
    }
  }

  async #lookOnce(): Promise<void> {
    try {
      const text = await readText(this.#options.path);
      if (text === this.#text && this.#problem === undefined) return;
      await this.#take(text);
      this.#log('info', 'the configuration has been read again');
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem === this.#problem) return;
      this.#problem = problem;
      this.#log('error', 'the configuration cannot be served, the one before stays', { problem });
    }
  }

  async #take(text: string): Promise<void> {
    await this.#options.onConfig(readAdapterConfig({ file: this.#options.path, text }));
    this.#text = text;
    this.#problem = undefined;
    this.#lastSuccessMs = Date.now();
  }
}

async function readText(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > MAX_BYTES) throw new Error(`it holds more than ${MAX_BYTES} bytes`);
    return await file.readFile('utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BellowsError('ERR_ADAPTER_CONFIG', `Cannot read ${path}: ${reason}`, {
      place: { file: path },
      remedy: 'Give the file of the configuration, and mount it.',
      cause,
    });
  }
}
