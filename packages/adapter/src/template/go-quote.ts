const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** What Go's `unicode.IsPrint` does not print: all but letters, marks, numbers, punctuation, symbols and the space. */
const NOT_PRINTED = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/**
 * A string as Go's `%q` writes it, which PromQL reads back.
 *
 * @see golang/go go1.26 src/strconv/quote.go
 */
export function quoteGo(text: string): string {
  let quoted = '"';
  for (const character of text) {
    quoted += NAMED[character] ?? (NOT_PRINTED.test(character) ? escaped(character) : character);
  }
  return `${quoted}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
