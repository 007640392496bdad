import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient } from '@bellows/kubernetes';

/** How one request was answered. */
export interface AskedOnce {
  /** When the answer came, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Undefined: with a value. */
  readonly problem?: string;
}

/** Somebody who asks for the same again and again, as controllers do. */
export interface SteadyAsking {
  /** All answers so far. */
  readonly answers: readonly AskedOnce[];
  /** Resolves when so many more have been answered. */
  more(count: number): Promise<readonly AskedOnce[]>;
  /** Asks no more. */
  stop(): Promise<void>;
}

const PAUSE_MS = 20;

/** Asks an API server for a path of a metrics API, one request after the other. */
export function askSteadily(client: KubernetesClient, path: string): SteadyAsking {
  const answers: AskedOnce[] = [];
  const stopping = new AbortController();
  const asking = (async () => {
    while (!stopping.signal.aborted) {
      const problem = await client.get<{ readonly items?: readonly object[] }>(path).then(
        ({ items = [] }) => (items.length > 0 ? undefined : 'no value'),
        (error: unknown) => String(error),
      );
      answers.push({ atMs: Date.now(), ...(problem !== undefined && { problem }) });
      await sleep(PAUSE_MS);
    }
  })();
  return {
    answers,
    async more(count) {
      const from = answers.length;
      while (answers.length < from + count) await sleep(PAUSE_MS);
      return answers.slice(from);
    },
    async stop() {
      stopping.abort();
      await asking;
    },
  };
}
