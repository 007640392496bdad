import type { YAMLError } from 'yaml';
import type { SourceText } from './source-text.ts';

const SAME_COLUMN = 'keys of one map, and the dashes of one list, begin in the same column.';

/**
 * How to mend what is not YAML, or undefined where the parser's words say it. A line that is indented wrongly
 * is often found at the line before it: the parser takes the two for one value.
 */
export function syntaxRemedy(
  source: SourceText,
  { code, message, pos: [offset] }: YAMLError,
): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  const line = source.place(offset).line ?? 1;
  if (/^All (?:mapping|sequence|collection) items|^Sequence item without/.test(message)) {
    return `Look at the indentation of line ${line} and of those before it: ${SAME_COLUMN}`;
  }
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'MULTILINE_IMPLICIT_KEY') return undefined;
  const [own = '', ...following] = source.text
    .slice(lineStart(source.text, offset))
    .split('\n', 50);
  const next = following.findIndex((text) => !/^\s*(?:#|$)/.test(text));
  if (next !== -1 && indentOf(following[next] ?? '') > indentOf(own)) {
    return `Look at the indentation of lines ${line} and ${line + 1 + next}: ${SAME_COLUMN}`;
  }
  const isTwice = own.includes(': ', own.indexOf(': ') + 1);
  return isTwice ? 'Quote a value that holds ": ".' : undefined;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
