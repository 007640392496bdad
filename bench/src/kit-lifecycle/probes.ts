import { get } from 'node:http';

/** As long as a kubelet waits by default. */
const TIMEOUT_MS = 1_000;
const EVERY_MS = 100;

/** What came of one probe. */
export interface ProbeResult {
  /** Status of the answer; undefined when none came in time. */
  readonly status: number | undefined;
  readonly tookMs: number;
}

/** Asks a path every 100 ms, on a new connection each, until `untilMs` has passed; resolves with all results. */
export async function probeFor(port: number, path: string, forMs: number): Promise<ProbeResult[]> {
  const endMs = performance.now() + forMs;
  const results: Promise<ProbeResult>[] = [];
  while (performance.now() < endMs) {
    results.push(probe(port, path));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return Promise.all(results);
}

/** Asks once. */
export function probe(port: number, path: string): Promise<ProbeResult> {
  const startMs = performance.now();
  return new Promise((resolve) => {
    const finish = (status: number | undefined): void => {
      resolve({ status, tookMs: performance.now() - startMs });
    };
    const request = get({ host: '127.0.0.1', port, path, agent: false, timeout: TIMEOUT_MS });
    // The whole time, not the time between two bytes.
    const timer = setTimeout(() => request.destroy(), TIMEOUT_MS);
    request.on('response', (response) => {
      response.resume();
      response.on('close', () => {
        clearTimeout(timer);
        finish(response.complete ? response.statusCode : undefined);
      });
    });
    request.on('error', () => {
      clearTimeout(timer);
      finish(undefined);
    });
  });
}
