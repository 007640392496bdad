import { spawnSync } from 'node:child_process';
import { createPageReader, readExposition, type Sample } from '@bellows/exposition';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { cpuPerCall } from './cpu-per-call.ts';

/** A way to read pages; gives the nanoseconds of CPU for one page. */
export interface Contender {
  readonly name: string;
  readonly measure: (seconds: number) => number;
}

/** What is wanted of a page in the row on wanted series, as one HPA names it. */
const WANTED = ['apiserver_request_total', 'http_requests_total', 'process_cpu_seconds_total'];

/** The npm parser that is used most. */
export function npmParser(page: Uint8Array): Contender {
  const text = Buffer.from(page).toString('utf8');
  return {
    name: 'parse-prometheus-text-format 1.1.1',
    measure: (seconds) => cpuPerCall(() => parsePrometheusTextFormat(text), seconds),
  };
}

/** Every sample of a page as an object with its labels. */
export function firstSight(page: Uint8Array): Contender {
  return {
    name: 'first sight, objects with labels',
    measure: (seconds) => cpuPerCall(() => samplesOf(page), seconds),
  };
}

/** A page nobody has seen, of which a few series are wanted. */
export function firstSightOfWanted(page: Uint8Array): Contender {
  const wanted = new Set(WANTED);
  return {
    name: 'first sight, wanted series only',
    measure: (seconds) =>
      cpuPerCall(() => createPageReader({ wanted }).read(page, 'text'), seconds),
  };
}

/** A target's pages in turn, all series kept. */
export function repeatedPages(pages: readonly Uint8Array[]): Contender {
  const reader = createPageReader();
  let next = 0;
  return {
    name: 'repeated page, all series kept',
    measure: (seconds) =>
      cpuPerCall(() => {
        next = (next + 1) % pages.length;
        return reader.read(pages[next] ?? new Uint8Array(), 'text');
      }, seconds),
  };
}

/** Two equal pages compared by the platform: what memory allows. */
export function comparison(page: Uint8Array): Contender {
  const [a, b] = [Buffer.from(page), Buffer.from(page)];
  return {
    name: 'memcmp (Buffer.compare)',
    measure: (seconds) => cpuPerCall(() => Buffer.compare(a, b), seconds),
  };
}

/** Go's textparse with a look-up of each series by its bytes, as Prometheus' scrape loop does. */
export function goTextparse(program: string, files: readonly string[]): Contender {
  return {
    name: 'Go textparse v0.316.0 and scrape cache',
    measure: (seconds) => {
      const { stdout, status, stderr } = spawnSync(program, ['bench', String(seconds), ...files], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`Expected Go's reader to measure itself, got ${stderr}`);
      return Number(stdout);
    },
  };
}

function samplesOf(page: Uint8Array): Sample[] {
  const samples: Sample[] = [];
  for (const event of readExposition(page)) {
    if (event.kind === 'sample') samples.push(event.sample);
  }
  return samples;
}
