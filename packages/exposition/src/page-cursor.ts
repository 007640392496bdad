import { BellowsError } from '@bellows/core';

/** A place on a page, and the errors that name it. */
export interface PageCursor {
  readonly text: string;
  /** Next character. */
  at: number;
  /** Line of the entry being read, from 1. */
  line: number;
  /** Where that entry starts. */
  entryStart: number;
}

/** The text that the pattern (sticky) matches here, which is then passed; undefined if none. */
export function take(cursor: PageCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  if (!pattern.test(cursor.text)) return undefined;
  const matched = cursor.text.slice(cursor.at, pattern.lastIndex);
  cursor.at = pattern.lastIndex;
  return matched;
}

/** Whether the next character is `character`; passes it if so. */
export function takeCharacter(cursor: PageCursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

/** Passes blanks and tabs. */
export function skipBlanks(cursor: PageCursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 32 && code !== 9) return;
    cursor.at += 1;
  }
}

/**
 * A text in double quotes, with the quotes, which is then passed; undefined if there is none here. A backslash
 * takes the next character with it, but for a line break. A loop and not a pattern: patterns run out of stack
 * on long values.
 */
export function takeQuoted(cursor: PageCursor): string | undefined {
  const { text, at: start } = cursor;
  if (text.charCodeAt(start) !== 34) return undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      cursor.at = at + 1;
      return text.slice(start, at + 1);
    }
    if (code === 92) {
      at += 1;
      if (text.charCodeAt(at) === 10) return undefined;
    }
  }
  return undefined;
}

/** The error for something else than `expected` at the cursor. */
export function syntaxError(cursor: PageCursor, expected: string): BellowsError {
  const got = cursor.text.slice(cursor.at, cursor.at + 20).split('\n', 1)[0] ?? '';
  const found = got === '' ? 'the end of the line' : JSON.stringify(got);
  return new BellowsError('ERR_EXPOSITION_SYNTAX', `Expected ${expected}, got ${found}`, {
    place: { line: cursor.line, column: cursor.at - cursor.entryStart + 1 },
    remedy: 'Serve the page in the Prometheus text format 0.0.4.',
  });
}

/** The error for a page beyond a limit. */
export function limitError(cursor: PageCursor, limit: string): BellowsError {
  return new BellowsError('ERR_EXPOSITION_LIMIT', `Expected ${limit}, got more`, {
    place: { line: cursor.line },
    remedy: 'Expose less, or raise the limit.',
  });
}
