import { isValidUtf8 } from './decode-page.ts';
import {
  limitError,
  skipBlanks,
  syntaxError,
  take,
  takeCharacter,
  takeQuoted,
  type PageCursor,
} from './page-cursor.ts';

const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
/** What stands between braces. */
export interface ReadLabels {
  /** The quoted name inside the braces, or the one before them; undefined if there is neither. */
  readonly name: string | undefined;
  readonly labels: Record<string, string>;
}

/**
 * Reads labels up to the closing brace; the opening one is passed. Commas between labels may be missing, as
 * upstream allows.
 *
 * @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`.
 * @see prometheus/prometheus v0.316.0 model/textparse/promparse.go parseLVals
 */
export function readLabels(
  cursor: PageCursor,
  nameBefore: string | undefined,
  bounds: { readonly maxLabels: number; readonly maxLineLength: number },
): ReadLabels {
  const labels: Record<string, string> = {};
  let name = nameBefore;
  let count = 0;
  for (;;) {
    skipBlanks(cursor);
    if (takeCharacter(cursor, '}')) return { name, labels };
    count += 1;
    if (count > bounds.maxLabels) throw limitError(cursor, `at most ${bounds.maxLabels} labels`);
    const start = cursor.at;
    const quoted = takeQuoted(cursor);
    const label = quoted === undefined ? take(cursor, LABEL_NAME) : unquote(quoted);
    if (label === undefined) throw syntaxError(cursor, 'a label name');
    skipBlanks(cursor);
    const isName = quoted !== undefined && ',}'.includes(cursor.text[cursor.at] ?? ' ');
    if (isName) {
      if (name !== undefined) {
        cursor.at = start;
        throw syntaxError(cursor, 'a label, since the metric already has a name');
      }
      name = label;
    } else {
      addLabel(cursor, labels, label, readValue(cursor));
      skipBlanks(cursor);
    }
    takeCharacter(cursor, ',');
    if (cursor.at - cursor.entryStart > bounds.maxLineLength) {
      throw limitError(cursor, `at most ${bounds.maxLineLength} characters a line`);
    }
  }
}

function readValue(cursor: PageCursor): string {
  if (!takeCharacter(cursor, '=')) throw syntaxError(cursor, 'an equals sign');
  skipBlanks(cursor);
  const start = cursor.at;
  const quoted = takeQuoted(cursor);
  if (quoted === undefined) throw syntaxError(cursor, 'a label value in double quotes');
  if (isValidUtf8(quoted)) return unquote(quoted);
  cursor.at = start;
  throw syntaxError(cursor, 'a label value in UTF-8');
}

function addLabel(
  cursor: PageCursor,
  labels: Record<string, string>,
  label: string,
  value: string,
): void {
  if (label === '') throw syntaxError(cursor, 'a label with a name');
  if (label === '__name__') throw syntaxError(cursor, 'the name outside of the labels');
  if (Object.hasOwn(labels, label)) throw syntaxError(cursor, `the label ${label} only once`);
  if (label === '__proto__') {
    Object.defineProperty(labels, label, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    labels[label] = value;
  }
}

function unquote(quoted: string): string {
  const text = quoted.slice(1, -1);
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\\n"])/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}
