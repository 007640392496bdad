import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bucketQuantile } from '@bellows/core';
import { parseExposition, type Sample } from '@bellows/exposition';
import { processCpuSeconds } from '../process-cpu.ts';

/** What a scraper needed over some time. */
export interface Measurement {
  readonly cpuPercent: number;
  /** Resident, at the end. */
  readonly memoryMegabytes: number;
  readonly scrapesPerSecond: number;
  /** How late a scrape began; of Prometheus how far the time between two scrapes is from the interval. */
  readonly latenessP99Ms: number;
  /** Values that should be there and are not; of Prometheus not counted. */
  readonly missing: number;
}

const BYTES_PER_MEGABYTE = 1e6;
/** Series wanted of each target. */
const WANTED = 3;

/** Measures a scraper that serves its own metrics. */
export async function measureProcess(
  { pid, port }: { readonly pid: number; readonly port: number },
  seconds: number,
): Promise<Measurement> {
  const url = `http://127.0.0.1:${port}/metrics`;
  const before = await readPage(url);
  const [cpuBefore, startMs] = [processCpuSeconds(pid), performance.now()];
  await sleep(seconds * 1000);
  const cpuSeconds = processCpuSeconds(pid) - cpuBefore;
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  const after = await readPage(url);
  const scrapes = scrapeCount(after) - scrapeCount(before);
  return {
    cpuPercent: (100 * cpuSeconds) / elapsedSeconds,
    memoryMegabytes: residentBytes(pid) / BYTES_PER_MEGABYTE,
    scrapesPerSecond: scrapes / elapsedSeconds,
    latenessP99Ms: latenessP99Ms(before, after),
    missing: missingValues(after),
  };
}

async function readPage(url: string): Promise<Sample[]> {
  const answer = await fetch(url);
  return parseExposition(await answer.text()).flatMap(({ samples }) => [...samples]);
}

function scrapeCount(page: readonly Sample[]): number {
  return (
    valueOf(page, 'bellows_scrapes_total') ??
    valueOf(page, 'prometheus_target_interval_length_seconds_count') ??
    NaN
  );
}

function latenessP99Ms(before: readonly Sample[], after: readonly Sample[]): number {
  const buckets = after
    .filter(({ name }) => name === 'bellows_scrape_lateness_seconds_bucket')
    .map(({ labels, value }) => {
      const was = before.find(
        (one) =>
          one.name === 'bellows_scrape_lateness_seconds_bucket' &&
          one.labels['le'] === labels['le'],
      );
      const upperBound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
      return { upperBound, count: value - (was?.value ?? 0) };
    });
  if (buckets.length > 0) return 1000 * (bucketQuantile(0.99, buckets) ?? Number.NaN);
  const interval = after.find(
    ({ name, labels }) =>
      name === 'prometheus_target_interval_length_seconds' && labels['quantile'] === '0.99',
  );
  return 1000 * ((interval?.value ?? Number.NaN) - 1);
}

function missingValues(page: readonly Sample[]): number {
  const targets = valueOf(page, 'bellows_scrape_targets');
  if (targets === undefined) return 0;
  return targets * WANTED - (valueOf(page, 'bench_values_present') ?? 0);
}

function valueOf(page: readonly Sample[], name: string): number | undefined {
  return page.find((sample) => sample.name === name)?.value;
}

function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return 1024 * Number(line?.[1]);
}
