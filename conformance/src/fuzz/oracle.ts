import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BellowsError } from '@bellows/core';
import type { AnsweredLine } from './question.ts';

export { findGo } from './find-go.ts';

const SOURCE = fileURLToPath(new URL('../../oracle/', import.meta.url));
const PROGRAM = path.join(SOURCE, 'dist', 'oracle.test');

/** How much of what a dying oracle writes is kept, in characters. */
const MAX_STDERR = 4000;

/** Kubernetes' own controller as a process that stays up and answers one line per line. */
export interface Oracle {
  /**
   * Plays a scenario.
   *
   * @returns The scenario with what the controller did in it.
   * @throws {@link BellowsError} `ERR_CONFORMANCE_ORACLE` when it cannot be played, or the process ended over it.
   */
  ask(question: object): Promise<AnsweredLine>;
  /** Ends the process. Idempotent. */
  stop(): void;
}

/**
 * Builds the oracle's program, which takes minutes the first time and seconds after that.
 *
 * @param go - The command from `findGo`.
 * @throws {@link BellowsError} `ERR_CONFORMANCE_ORACLE` when it does not build.
 */
export function buildOracle(go: string): string {
  const build = spawnSync(go, ['test', '-c', '-o', PROGRAM, '.'], {
    cwd: SOURCE,
    encoding: 'utf8',
  });
  if (build.status === 0 && existsSync(PROGRAM)) return PROGRAM;
  throw oracleError(
    `Expected the oracle to build, got ${build.stderr || String(build.error)}`,
    'Its modules come through the Go module proxy: see that `go env GOPROXY` can be reached.',
  );
}

/** Makes an oracle; its process starts with the first question, and anew after one that ended it. */
export function createOracle(program: string): Oracle {
  let current: Conversation | undefined;
  return {
    ask: async (question) => {
      current ??= startConversation(program);
      const line = await current.ask(JSON.stringify(question));
      if (line === undefined) {
        const last = current.lastWords();
        current = undefined;
        throw oracleError(`Expected an answer, got the end of the oracle: ${last}`);
      }
      const answer = JSON.parse(line) as AnsweredLine;
      if (answer['error'] === undefined) return answer;
      throw oracleError(
        `Expected a scenario that can be played, got ${JSON.stringify(answer['error'])}`,
      );
    },
    stop: () => {
      current?.end();
      current = undefined;
    },
  };
}

interface Conversation {
  /** Undefined when the process ended instead of answering. */
  readonly ask: (line: string) => Promise<string | undefined>;
  readonly lastWords: () => string;
  readonly end: () => void;
}

function startConversation(program: string): Conversation {
  const child = spawn(program, ['-test.run', '^TestOracle$', '-test.timeout', '0']);
  beNice(child);
  const lines = createInterface({ input: child.stdout });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < MAX_STDERR) stderr += text;
  });
  // A question to a process that just ended is answered by its end.
  child.stdin.on('error', () => undefined);
  return {
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return nextLine(lines, child);
    },
    lastWords: () => stderr.slice(0, MAX_STDERR),
    end: () => {
      lines.close();
      child.kill();
    },
  };
}

/** The search is work for the background. */
function beNice({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid !== undefined) setPriority(pid, 19);
}

async function nextLine(
  lines: Interface,
  child: ChildProcessWithoutNullStreams,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (line: string | undefined): void => {
      lines.off('line', onLine);
      child.off('close', onEnd);
      child.off('error', onEnd);
      resolve(line);
    };
    const onLine = (line: string): void => {
      if (line.startsWith('{')) settle(line);
    };
    const onEnd = (): void => {
      settle(undefined);
    };
    lines.on('line', onLine);
    child.on('close', onEnd);
    child.on('error', onEnd);
  });
}

function oracleError(message: string, remedy?: string): BellowsError {
  return new BellowsError(
    'ERR_CONFORMANCE_ORACLE',
    message,
    remedy === undefined ? {} : { remedy },
  );
}
