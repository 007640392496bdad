const WORD_BYTES = 8;

/** Compares stretches of two pages. */
export class PageComparison {
  readonly #a: DataView;
  readonly #b: DataView;

  constructor(a: DataView, b: DataView) {
    this.#a = a;
    this.#b = b;
  }

  /**
   * How many bytes are the same from `aStart` and `bStart` on; at most `maxBytes`, which both must have. Words of eight
   * bytes are compared as doubles: two that are equal, and not zero, have the same bytes. The others (zeros are equal
   * whatever their sign, NaN to nothing) are compared byte by byte.
   */
  commonLength(aStart: number, bStart: number, maxBytes: number): number {
    const a = this.#a;
    const b = this.#b;
    const lastWord = maxBytes - WORD_BYTES;
    let length = 0;
    for (;;) {
      while (length <= lastWord) {
        const word = a.getFloat64(aStart + length, true);
        if (word !== b.getFloat64(bStart + length, true) || word === 0) break;
        length += WORD_BYTES;
      }
      const wordEnd = Math.min(maxBytes, length + WORD_BYTES);
      while (length < wordEnd) {
        if (a.getUint8(aStart + length) !== b.getUint8(bStart + length)) return length;
        length += 1;
      }
      if (length >= maxBytes) return length;
    }
  }
}
