import type { Exemplar, ExpositionEvent, Sample } from '@bellows/exposition';
import { goFloat } from './go-float.ts';
import { recordedText } from './recorded-text.ts';

/** What a time beyond int64 becomes upstream on amd64; ours knows no such time. */
export const OVERFLOWN_MS: number = -(2 ** 63);

type Line = Readonly<Record<string, unknown>>;

/** An event of our reader in the form of the recorded ones. */
export function recordedEvent(event: ExpositionEvent): Line {
  switch (event.kind) {
    case 'type':
      // Prometheus knows `untyped` as unknown.
      return {
        type: [recordedText(event.name), event.type === 'untyped' ? 'unknown' : event.type],
      };
    case 'help':
      return { help: [recordedText(event.name), recordedText(event.text)] };
    case 'unit':
      return { unit: [recordedText(event.name), recordedText(event.unit)] };
    case 'comment':
      return { comment: recordedText(event.text) };
    case 'sample': {
      const { name, exemplar, startTimestampMs } = event.sample;
      return {
        m: withoutBlanks(recordedText(name)),
        ...recordedReading(event.sample),
        ...(exemplar === undefined ? {} : { e: { l: [], ...recordedReading(exemplar) } }),
        ...(startTimestampMs === undefined ? {} : { st: startTimestampMs }),
      };
    }
  }
}

function recordedReading({ labels, value, timestampMs }: Sample | Exemplar): Line {
  const sorted = Object.entries(labels).toSorted(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return {
    ...(sorted.length === 0 ? {} : { l: sorted.map((pair) => pair.map(recordedText)) }),
    v: value + 0,
    ...(timestampMs === undefined ? {} : { t: timestampMs + 0 }),
  };
}

/**
 * A recorded event as ours can be: numbers as numbers, since a double has more than one text, and a name
 * without the blanks before it.
 */
export function comparableEvent(event: Line): Line {
  if (!('m' in event)) return event;
  const { m: name, e: exemplar, st: start, ...rest } = event;
  return {
    ...withNumbers(rest),
    m: withoutBlanks(name),
    ...(exemplar === undefined ? {} : { e: withNumbers(withLastLabels(exemplar as Line)) }),
    ...(start === undefined || Number(start) === OVERFLOWN_MS ? {} : { st: Number(start) }),
  };
}

/** Of an exemplar's labels of one name ours keeps the last. */
function withLastLabels(exemplar: Line): Line {
  const { l: labels } = exemplar as { readonly l: readonly (readonly [unknown, unknown])[] };
  return { ...exemplar, l: [...new Map(labels).entries()] };
}

function withNumbers({ v: value, t: time, ...rest }: Line): Line {
  return {
    ...rest,
    v: goFloat(String(value)) + 0,
    ...(time === undefined ? {} : { t: Number(time) }),
  };
}

/** Upstream takes blanks at the start of a line into the name; ours does not. */
function withoutBlanks(name: unknown): unknown {
  return typeof name === 'string' ? name.replace(/^[ \t]+/, '') : name;
}
