const WORD_BYTES = 8;
const HALF_WORD_BYTES = 4;
/** Compared between two looks at the length left. */
const STEP_BYTES = 4 * WORD_BYTES;

/** Compares stretches of two pages. */
export class PageComparison {
  readonly #a: DataView;
  readonly #b: DataView;

  /** @param b - Without NUL: a word of eight of them would be a zero, which is equal to another one. */
  constructor(a: DataView, b: DataView) {
    this.#a = a;
    this.#b = b;
  }

  /**
   * How many bytes are the same from `aStart` and `bStart` on; at most `maxBytes`, which both must have.
   *
   * Words of eight bytes are compared as doubles, which is the widest that JavaScript compares fast: but for zeros two
   * that are equal have the same bytes. NaN is equal to nothing; a step with one is compared as integers.
   */
  commonLength(aStart: number, bStart: number, maxBytes: number): number {
    const a = this.#a;
    const b = this.#b;
    const lastStep = maxBytes - STEP_BYTES;
    let length = 0;
    for (;;) {
      while (length <= lastStep) {
        const at = aStart + length;
        const bt = bStart + length;
        if (
          a.getFloat64(at, true) !== b.getFloat64(bt, true) ||
          a.getFloat64(at + 8, true) !== b.getFloat64(bt + 8, true) ||
          a.getFloat64(at + 16, true) !== b.getFloat64(bt + 16, true) ||
          a.getFloat64(at + 24, true) !== b.getFloat64(bt + 24, true)
        ) {
          break;
        }
        length += STEP_BYTES;
      }
      const stepEnd = Math.min(maxBytes, length + STEP_BYTES);
      while (length <= stepEnd - HALF_WORD_BYTES) {
        const difference = a.getInt32(aStart + length) ^ b.getInt32(bStart + length);
        // The first byte is the highest one: a loop over bytes would end in a branch that no processor foresees.
        if (difference !== 0) return length + (Math.clz32(difference) >>> 3);
        length += HALF_WORD_BYTES;
      }
      while (length < stepEnd) {
        if (a.getUint8(aStart + length) !== b.getUint8(bStart + length)) return length;
        length += 1;
      }
      if (length >= maxBytes) return length;
    }
  }
}
