import type { BellowsError } from '@bellows/core';
import type { ExpositionLimits } from '../exposition-limits.ts';
import { isValidUtf8 } from './decode-page.ts';
import { limitError, syntaxError } from './page-error.ts';
import { readNumber } from './read-number.ts';

/** A place in a page's bytes, and what stands in lines of any kind. */
export abstract class LineCursor {
  readonly limits: Required<ExpositionLimits>;
  /** Whether blanks may stand between the parts of a line. */
  protected abstract readonly hasBlanks: boolean;
  bytes: Uint8Array = new Uint8Array();
  /** Where the window ends. */
  end = 0;
  /** Whether the page ends with the window. */
  isLast = true;
  /** Next byte. */
  at = 0;
  /** Line of the window's first byte, from 1. */
  firstLine = 1;
  /** The window's first byte. */
  windowStart = 0;
  entryStart = 0;
  /** Whether a quoted text was still open where the window ended: more bytes may close it. */
  ranOut = false;
  /** Whether a name or value of the entry's labels may have a backslash. */
  hasEscapes = false;
  /** Whether the text in quotes that was passed last has bytes above ASCII. */
  hasHighBytes = false;

  constructor(limits: Required<ExpositionLimits>) {
    this.limits = limits;
  }

  /** Goes to the bytes from `start` up to `end`, the rest of a page or a part of it that ends with a line. */
  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.windowStart = start;
    this.entryStart = start;
    this.end = end;
    this.ranOut = false;
  }

  /** The error for something else than `expected` here. */
  syntaxError(expected: string): BellowsError {
    return syntaxError(this, expected);
  }

  protected skipBlanks(): void {
    if (!this.hasBlanks) return;
    const { bytes, end } = this;
    let { at } = this;
    while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at += 1;
    this.at = at;
  }

  protected checkLength(): void {
    if (this.at - this.entryStart > this.limits.maxLineBytes) {
      throw limitError(this, `at most ${this.limits.maxLineBytes} bytes a line`);
    }
  }

  /** Passes the number up to the token's end. */
  protected scanNumber(): number {
    const value = readNumber(this);
    // A tab or a brace ends a number in text only.
    const next = this.at < this.end && !this.hasBlanks ? this.bytes[this.at] : 0;
    if (value !== undefined && next !== 9 && next !== 123) return value;
    throw this.syntaxError('a number');
  }

  protected checkUtf8(start: number, end: number, what: string): void {
    if (isValidUtf8(this.bytes, start, end)) return;
    this.at = start;
    throw this.syntaxError(`${what} in UTF-8`);
  }
}
