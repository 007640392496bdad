import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { buildOracle, findGo } from '@bellows/conformance/oracle';
import { stopProcess } from '../worker-process.ts';

/** What is asked of the Go controller. */
export interface GoQuestion {
  readonly pods: number;
  readonly seconds: number;
  /** The whole reconcile, with what it reads and writes held in memory; otherwise the calculation alone. */
  readonly whole: boolean;
}

/** Kubernetes' own controller as a process that measures itself. */
export interface GoController {
  /** Decisions per second of CPU, garbage collection included. */
  readonly measure: (question: GoQuestion) => Promise<number>;
  /** Ends the process and waits for its end. */
  readonly stop: () => Promise<void>;
}

/**
 * Builds and starts the controller of Kubernetes v1.37.2 (`conformance/oracle/bench_test.go`).
 *
 * @throws BellowsError `ERR_CONFORMANCE_ORACLE` without a Go that builds it.
 */
export function startGoController(): GoController {
  const child = spawn(
    buildOracle(findGo()),
    ['-test.run', '^TestBench$', '-test.timeout', '0'],
    // One processor for its own work, as ours has: its garbage collector and events would run beside it.
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GOMAXPROCS: '1' } },
  );
  const lines = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  return {
    measure: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error('the Go controller ended before it answered');
      return (JSON.parse(answer.value) as { readonly perSecond: number }).perSecond;
    },
    stop: async () => {
      lines.close();
      await stopProcess(child);
    },
  };
}
