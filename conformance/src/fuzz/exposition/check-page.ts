import { BellowsError } from '@bellows/core';
import {
  createExpositionStream,
  readExposition,
  type ExpositionEvent,
  type PageReader,
} from '@bellows/exposition';
import { compareAnswers } from '../../compare-answers.ts';
import { comparableEvent } from '../../exposition-event.ts';
import { compareReadings, ourReading } from '../../exposition-reading.ts';
import type { Mismatch } from '../../suite.ts';
import type { OracleAnswer } from './exposition-oracle.ts';
import type { PageFormat } from './page-source.ts';

type Answer = Record<string, unknown>;

/**
 * Reads a page in every way: at once, in chunks, and behind another page of the same target. All must say the same:
 * samples, or an error of ours with its line.
 *
 * @param cuts - Where chunks begin and end: 0 first, the length last.
 * @param reader - Of the target; it has read the page before.
 * @returns Where they differ. An error that is not ours is thrown.
 */
export function checkPage(
  page: Uint8Array,
  format: PageFormat,
  cuts: readonly number[],
  reader: PageReader,
): Mismatch[] {
  const syntax = format === 'om' ? 'openmetrics' : 'text';
  const plain = answered(() => [...readExposition(page, { syntax })]);
  const chunked = answered(() => {
    const stream = createExpositionStream({ syntax });
    const events = cuts
      .slice(1)
      .flatMap((end, index) => stream.write(page.subarray(cuts[index], end)));
    return [...events, ...stream.end()];
  });
  const repeated = answered(() => {
    const { series, values } = reader.read(page, syntax);
    return series.map(({ name, labels }, index) => [name, withoutEmpty(labels), values[index]]);
  });
  const samples = Array.isArray(plain['found'])
    ? { found: (plain['found'] as ExpositionEvent[]).flatMap(readingOf) }
    : plain;
  return [
    ...compareAnswers(plain, chunked).map((mismatch) => prefixed('chunks', mismatch)),
    ...compareAnswers(samples, repeated).map((mismatch) => prefixed('repeated', mismatch)),
  ];
}

function readingOf(event: ExpositionEvent): unknown[] {
  if (event.kind !== 'sample') return [];
  const { name, labels, value } = event.sample;
  return [[name, withoutEmpty(labels), value]];
}

/** An empty label and none make one series, which keeps the labels it had first. */
function withoutEmpty(labels: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function prefixed(way: string, { field, expected, got }: Mismatch): Mismatch {
  return { field: `${way}.${field}`, expected, got };
}

function answered(read: () => unknown): Answer {
  try {
    return { found: read() };
  } catch (error) {
    if (!BellowsError.is(error) || !error.code.startsWith('ERR_EXPOSITION_')) throw error;
    return { code: error.code, line: error.place?.line };
  }
}

/**
 * Compares what Prometheus' reader says of a page with ours. Of lines where ours is stricter on purpose only that it
 * refuses is compared.
 */
export function compareWithOracle(
  page: Uint8Array,
  format: PageFormat,
  { events, error }: OracleAnswer,
): Mismatch[] {
  const ours = ourReading(page, { syntax: format === 'om' ? 'openmetrics' : 'text' });
  const recorded = {
    events: events.map(comparableEvent),
    errorLine: error === undefined ? undefined : 0,
  };
  return compareReadings(recorded, {
    ...ours,
    errorLine: ours.errorLine === undefined ? undefined : 0,
  });
}

/**
 * Whether both are to say the same of a page: not where a NUL stands (upstream's lexers pass some of them, by accident
 * of their states), nor for labels without a name or named `__name__`, which ours refuses and upstream lets pass.
 */
export function isComparable(page: Uint8Array): boolean {
  const text = Buffer.from(page).toString('latin1');
  return !text.includes('\0') && !text.includes('""') && !text.includes('__name__');
}
