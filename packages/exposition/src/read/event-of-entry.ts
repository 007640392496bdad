import { decodePage } from './decode-page.ts';
import { ENTRY, type Entry, type EntryScanner } from './entry-scanner.ts';
import type { ExpositionEvent } from './exposition-event.ts';
import { OpenMetricsScanner } from './openmetrics-scanner.ts';
import { sampleOfEntry } from './sample-of-entry.ts';
import { texts } from './text-pool.ts';

/** The event of the entry that the scanner has passed; undefined at the end. */
export function eventOfEntry(scanner: EntryScanner, entry: Entry): ExpositionEvent | undefined {
  if (entry === ENTRY.sample) return { kind: 'sample', sample: sampleOfEntry(scanner) };
  if (entry === ENTRY.end) return undefined;
  const { bytes, textStart, textEnd, nameStart, nameEnd, type } = scanner;
  if (entry === ENTRY.comment) {
    return { kind: 'comment', text: decodePage(bytes.subarray(textStart, textEnd)) };
  }
  // Upstream leaves the escapes of a name in metadata as they are.
  const name = texts.get(bytes, nameStart, nameEnd);
  if (entry === ENTRY.type) return { kind: 'type', name, type };
  const text = decodePage(bytes.subarray(textStart, textEnd));
  if (entry === ENTRY.unit) return { kind: 'unit', name, unit: text };
  return { kind: 'help', name, text: unescapeHelp(text, scanner instanceof OpenMetricsScanner) };
}

/** OpenMetrics knows an escaped quote, too. */
function unescapeHelp(text: string, hasQuotes: boolean): string {
  if (!text.includes('\\')) return text;
  return text.replace(hasQuotes ? /\\([\\n"])/g : /\\([\\n])/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}
