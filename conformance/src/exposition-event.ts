import type { ExpositionEvent } from '@bellows/exposition';
import { goFloat } from './go-float.ts';
import { recordedText } from './recorded-text.ts';

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
    case 'comment':
      return { comment: recordedText(event.text) };
    case 'sample': {
      const { name, labels, value, timestampMs } = event.sample;
      const sorted = Object.entries(labels).toSorted(([a], [b]) =>
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      );
      return {
        m: withoutBlanks(recordedText(name)),
        ...(sorted.length === 0 ? {} : { l: sorted.map((pair) => pair.map(recordedText)) }),
        v: value + 0,
        ...(timestampMs === undefined ? {} : { t: timestampMs }),
      };
    }
  }
}

/**
 * A recorded event as ours can be: numbers as numbers, since a double has more than one text, and a name
 * without the blanks before it.
 */
export function comparableEvent(event: Line): Line {
  if (!('m' in event)) return event;
  const { m: name, v: value, t: time, ...rest } = event;
  return {
    ...rest,
    m: withoutBlanks(name),
    v: goFloat(String(value)) + 0,
    ...(time === undefined ? {} : { t: Number(time) }),
  };
}

/** Upstream takes blanks at the start of a line into the name; ours does not. */
function withoutBlanks(name: unknown): unknown {
  return typeof name === 'string' ? name.replace(/^[ \t]+/, '') : name;
}
