import type { MetricType } from '../metric-family.ts';
import type { EntryScanner } from '../read/entry-scanner.ts';
import { labelsOfEntry } from '../read/sample-of-entry.ts';
import type { PageSeries } from './page-reading.ts';

/** What samples of a family are named besides its name. */
const SUFFIXES: ReadonlySet<string> = new Set([
  '',
  '_total',
  '_bucket',
  '_sum',
  '_count',
  '_created',
  '_gsum',
  '_gcount',
  '_info',
]);

/**
 * The series of the sample that the scanner has passed.
 *
 * @param familyName - The family that the last TYPE line is about.
 */
export function seriesOfEntry(scanner: EntryScanner, name: string, familyName: string): PageSeries {
  const isOfFamily = name.startsWith(familyName) && SUFFIXES.has(name.slice(familyName.length));
  const type: MetricType = isOfFamily ? scanner.type : 'untyped';
  return { name, labels: labelsOfEntry(scanner), type };
}
