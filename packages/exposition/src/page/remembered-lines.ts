/** {@link RememberedLines.slots} of a line that is no sample. */
export const NO_SAMPLE = -2;
/** {@link RememberedLines.slots} of a sample that is not wanted. */
export const UNWANTED = -1;
/** {@link RememberedLines.prefixBytes} of a line of which only the whole can be compared. */
export const WHOLE_LINE = 0xffff_ffff;

const INITIAL_LINES = 64;
const BYTES_PER_LINE = 4 * Uint32Array.BYTES_PER_ELEMENT;

/** The lines of a page, one behind the other without gaps; blank lines belong to the line behind them. */
export class RememberedLines {
  count = 0;
  sampleCount = 0;
  /** Length with the line break. */
  lineBytes: Uint32Array = new Uint32Array(INITIAL_LINES);
  /** Length up to the value. */
  prefixBytes: Uint32Array = new Uint32Array(INITIAL_LINES);
  /** Which of the page's readings a line is, or {@link NO_SAMPLE}, {@link UNWANTED}. */
  slots: Int32Array = new Int32Array(INITIAL_LINES);
  /** Which TYPE line holds, as an index of `contexts`; of a TYPE line that line itself. */
  contextIndexes: Uint32Array = new Uint32Array(INITIAL_LINES);
  readonly contexts: string[] = [''];

  /** Memory of the arrays, in bytes. */
  get heldBytes(): number {
    return this.lineBytes.length * BYTES_PER_LINE;
  }

  /** Takes the next line, with the last of `contexts`. */
  append(lineBytes: number, prefixBytes: number, slot: number): void {
    const index = this.count;
    if (index === this.lineBytes.length) this.#grow();
    this.lineBytes[index] = lineBytes;
    this.prefixBytes[index] = prefixBytes;
    this.slots[index] = slot;
    this.contextIndexes[index] = this.contexts.length - 1;
    this.count = index + 1;
    if (slot !== NO_SAMPLE) this.sampleCount += 1;
  }

  /** The TYPE line that holds for a line, in the form of `contexts`. */
  contextOf(line: number): string {
    return this.contexts[this.contextIndexes[line] ?? 0] ?? '';
  }

  #grow(): void {
    const lines = this.lineBytes.length * 2;
    this.lineBytes = grown(new Uint32Array(lines), this.lineBytes);
    this.prefixBytes = grown(new Uint32Array(lines), this.prefixBytes);
    this.contextIndexes = grown(new Uint32Array(lines), this.contextIndexes);
    const slots = new Int32Array(lines);
    slots.set(this.slots);
    this.slots = slots;
  }
}

function grown(into: Uint32Array, from: Uint32Array): Uint32Array {
  into.set(from);
  return into;
}
