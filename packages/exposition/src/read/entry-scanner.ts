import type { MetricType } from '../metric-family.ts';
import { SeriesScanner } from './series-scanner.ts';

/** What {@link EntryScanner.next} has found; `end` is the end of the window, or of the page. */
export const ENTRY = { end: 0, sample: 1, type: 2, help: 3, unit: 4, comment: 5 } as const;

/** One of {@link ENTRY}. */
export type Entry = (typeof ENTRY)[keyof typeof ENTRY];

/**
 * Finds the parts of one line after the other, as places in the bytes: nothing is made of them that nobody asks for.
 * The fields tell of the entry that {@link next} found last.
 */
export abstract class EntryScanner extends SeriesScanner {
  /** Whether the page has ended, whatever bytes follow. */
  isOver = false;
  /** Whether the last sample's line was not ended as it must be: the error comes with the next entry, as upstream. */
  isBroken = false;
  /** What the last TYPE line said, of the family with the name between the two places of that line. */
  type: MetricType = 'untyped';
  /** Where the name and labels end and the value starts, blanks passed. */
  valueStart = 0;
  value = 0;
  /** NaN where the line says none. */
  timestampMs: number = Number.NaN;
  /** The text of metadata and comments. */
  textStart = 0;
  textEnd = 0;

  /** Forgets what the lines before have said. */
  reset(): void {
    this.isOver = false;
    this.isBroken = false;
    this.isLast = true;
    this.firstLine = 1;
    this.type = 'untyped';
  }

  /** Passes the next entry. @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`. */
  abstract next(): Entry;

  /**
   * Passes what follows the name and labels of a sample: the value, from its first byte on, up to the end of the line.
   *
   * @throws BellowsError as `next`.
   */
  abstract scanValue(): void;
}
