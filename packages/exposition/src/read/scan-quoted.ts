/** What {@link scanQuoted} reads from and writes to. */
export interface QuotedCursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** The opening quote; then what follows the closing one. */
  at: number;
  /** Set where the bytes end inside the quotes. */
  ranOut: boolean;
  /** Set where there is a backslash. */
  hasEscapes: boolean;
  /** Whether there is a byte above ASCII. */
  hasHighBytes: boolean;
}

/** What a quoted text may hold. */
export interface QuotedRule {
  readonly nul: boolean;
  readonly lineBreak: boolean;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether a byte needs a closer look inside of quotes. */
const IS_SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 128 || byte === QUOTE || byte === BACKSLASH || byte === 10 || byte === 0 ? 1 : 0,
);

/**
 * Passes a text in double quotes; false if there is none here. A backslash takes the next byte with it, but for a
 * line break.
 */
export function scanQuoted(cursor: QuotedCursor, rule: QuotedRule): boolean {
  const { bytes, end } = cursor;
  cursor.hasHighBytes = false;
  if (cursor.at >= end || bytes[cursor.at] !== QUOTE) return false;
  for (let at = cursor.at + 1; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (IS_SPECIAL[byte] === 0) continue;
    if (byte === QUOTE) {
      cursor.at = at + 1;
      return true;
    }
    if (byte >= 128) cursor.hasHighBytes = true;
    else if (byte === BACKSLASH) {
      cursor.hasEscapes = true;
      at += 1;
      if (at < end && isForbidden(bytes[at] ?? 0, rule, true)) return false;
      if ((bytes[at] ?? 0) >= 128) cursor.hasHighBytes = true;
    } else if (isForbidden(byte, rule, false)) return false;
  }
  cursor.ranOut = true;
  return false;
}

function isForbidden(byte: number, rule: QuotedRule, isEscaped: boolean): boolean {
  if (byte === 0) return !rule.nul;
  return byte === 10 && (isEscaped || !rule.lineBreak);
}
