import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BellowsError } from '@bellows/core';

export { findGo } from '../find-go.ts';

const SOURCE = fileURLToPath(new URL('../../../exposition-oracle/', import.meta.url));
const PROGRAM = path.join(SOURCE, 'dist', 'exposition-oracle');

type Line = Readonly<Record<string, unknown>>;

/** What Prometheus' reader says of a page, in the form of the vectors. */
export interface OracleAnswer {
  readonly events: readonly Line[];
  readonly error?: string;
}

/** Prometheus' own readers as a process that stays up. */
export interface ExpositionOracle {
  /** Reads pages of one format. @throws BellowsError `ERR_CONFORMANCE_ORACLE` when the process ends. */
  read(pages: readonly Uint8Array[], format: 'prom' | 'om'): Promise<OracleAnswer[]>;
  /** Ends the process and waits for its end. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Builds Prometheus' readers (`conformance/exposition-oracle`).
 *
 * @param go - The command from `findGo`.
 * @returns The program's path.
 * @throws BellowsError `ERR_CONFORMANCE_ORACLE` when it does not build.
 */
export function buildExpositionOracle(go: string): string {
  const build = spawnSync(go, ['build', '-o', PROGRAM, '.'], { cwd: SOURCE, encoding: 'utf8' });
  if (build.status === 0) return PROGRAM;
  throw new BellowsError(
    'ERR_CONFORMANCE_ORACLE',
    `Expected Prometheus' readers to build, got ${build.stderr || String(build.error)}`,
    {
      remedy:
        'Its modules come through the Go module proxy: see that `go env GOPROXY` can be reached.',
    },
  );
}

/**
 * What Prometheus' linter says against a page of text, as `promtool check metrics` of its version would.
 *
 * @param program - The path from {@link buildExpositionOracle}.
 * @returns One complaint a line; empty where it accepts the page.
 */
export function lintPage(program: string, page: string): string {
  const { stdout, stderr, status } = spawnSync(program, ['check'], {
    input: page,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `status ${String(status)}`;
}

/** Starts the program. */
export function startExpositionOracle(program: string): ExpositionOracle {
  const child = spawn(program, ['read']);
  child.stderr.resume();
  // A question to a process that just ended is answered by its end.
  child.stdin.on('error', () => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    read: async (pages, format) => {
      const questions = pages.map((page) =>
        JSON.stringify({ fmt: format, b64: Buffer.from(page).toString('base64') }),
      );
      child.stdin.write(`${questions.join('\n')}\n`);
      const read: OracleAnswer[] = [];
      while (read.length < pages.length) {
        const answer = await answers.next();
        if (answer.done === true) throw ended();
        read.push(JSON.parse(answer.value) as OracleAnswer);
      }
      return read;
    },
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

function ended(): BellowsError {
  return new BellowsError(
    'ERR_CONFORMANCE_ORACLE',
    "Expected an answer, got the end of Prometheus' reader",
  );
}
