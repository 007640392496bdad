import { decodePage } from './decode-page.ts';

/** Texts that are kept; a power of two. */
const SLOTS = 4096;

/** Longer texts are not kept: they rarely come again. */
const MAX_KEPT_BYTES = 128;

/**
 * Turns stretches of bytes into text and gives the same text again for the same bytes: names and values of labels
 * come thousands of times on a page. A text that falls on the place of another one replaces it, so that the memory is
 * bounded.
 */
export class TextPool {
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');

  /** The text of the bytes from `start` up to `end`; bytes that are no UTF-8 as {@link decodePage} keeps them. */
  get(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    if (length > MAX_KEPT_BYTES) return decodePage(bytes.subarray(start, end));
    let hash = length;
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const kept = this.#texts[slot] ?? '';
    if (isText(kept, bytes, start, end)) return kept;
    const text = decodePage(bytes.subarray(start, end));
    // Only texts of one byte a character can be compared with bytes.
    if (text.length === length) this.#texts[slot] = text;
    return text;
  }
}

function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at - start) !== bytes[at]) return false;
  }
  return true;
}

/** The pool of all readers. */
export const texts: TextPool = new TextPool();
