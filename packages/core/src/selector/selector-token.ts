/** A word (key, value, `in`, `notin`), a symbol, or the end of the text. */
export interface SelectorToken {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN = /[ \t\r\n]*(?:(!=|==|[=!(),<>])|([^ \t\r\n=!(),<>\0]+)|(\0)|$)/y;

/**
 * Splits a selector into tokens, the last of which is the end. A NUL right after a token is
 * passed, any other ends the text, as upstream's lexer reads it.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/labels/selector.go Lexer
 */
export function lexSelector(text: string): SelectorToken[] {
  const tokens: SelectorToken[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const [, symbol, word] = TOKEN.exec(text) ?? [];
    if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol });
    } else if (word !== undefined) {
      tokens.push({ kind: 'word', text: word });
    } else {
      tokens.push({ kind: 'end', text: '' });
      return tokens;
    }
    if (text[TOKEN.lastIndex] === '\0') TOKEN.lastIndex += 1;
  }
}
