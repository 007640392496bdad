import type { KeptReadings } from './kept-readings.ts';
import type { RememberedLines } from './remembered-lines.ts';

/** A page that was read: what its lines are and what they gave. */
export interface PageMemory {
  readonly lines: RememberedLines;
  readonly readings: KeptReadings;
  /** The page's bytes: the lines, one behind the other. */
  readonly view: DataView;
}
