import { CST, Lexer, Parser } from 'yaml';
import { MANIFEST_LIMITS } from '../limits.ts';
import { UnusableNode } from './unusable-node.ts';

/**
 * The parser's tokens, one for each document, within bounds. The composer that takes them recurses once a
 * level, and text of thousands of brackets would end the process before an error could be thrown.
 *
 * @param onNewLine - Called with the offset of each line.
 * @throws {@link UnusableNode} for text of too many words, or nested too deeply.
 */
export function* guardTokens(
  text: string,
  onNewLine: (offset: number) => void,
): Generator<CST.Token, void, unknown> {
  const parser = new Parser(onNewLine);
  onNewLine(0);
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    words += 1;
    if (words > MANIFEST_LIMITS.maxWords) {
      throw new UnusableNode(
        parser.offset,
        `More than ${MANIFEST_LIMITS.maxWords} words of YAML`,
        'Split the file.',
      );
    }
    for (const token of parser.next(word)) yield checkDepth(token);
  }
  for (const token of parser.end()) yield checkDepth(token);
}

function checkDepth(token: CST.Token): CST.Token {
  let level: CST.Token[] = [token];
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    // A document and its first collection are one level more than values are deep.
    if (first !== undefined && depth > MANIFEST_LIMITS.maxDepth + 2) {
      throw new UnusableNode(first.offset, `Nested deeper than ${MANIFEST_LIMITS.maxDepth} levels`);
    }
    level = level.flatMap(childrenOf);
  }
  return token;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((child) => child !== undefined && child !== null),
  );
}
