import type { Token, TokenKind } from './token.ts';

const OPEN = '<<';
const CLOSE = '>>';
const SPACE = /[ \t\r\n]/;
/** What may stand right after a field or a variable. */
const TERMINATOR = /^(?:$|[ \t\r\n.,|:)(]|>>)/;

/** Called for what is no template; must throw. */
type Fail = (problem: string) => never;

/**
 * Cuts a template into its pieces: trim markers and comments are gone, spaces inside an action stay.
 *
 * @see golang/go go1.26 src/text/template/parse/lex.go
 */
export function lexTemplate(source: string, fail: Fail): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let trimStart = false;
  while (offset < source.length) {
    const open = source.indexOf(OPEN, offset);
    const textEnd = open < 0 ? source.length : open;
    const trimEnd = open >= 0 && isLeftTrim(source, open + OPEN.length);
    const text = trimmed(source.slice(offset, textEnd), trimStart, trimEnd);
    if (text !== '') tokens.push({ kind: 'text', text, offset });
    if (open < 0) break;
    const action = lexAction(source, open, fail);
    tokens.push(...action.tokens);
    ({ end: offset, trimsNext: trimStart } = action);
  }
  tokens.push({ kind: 'end', text: '', offset: source.length });
  return tokens;
}

function trimmed(text: string, atStart: boolean, atEnd: boolean): string {
  const head = atStart ? text.replace(/^[ \t\r\n]+/, '') : text;
  return atEnd ? head.replace(/[ \t\r\n]+$/, '') : head;
}

function isLeftTrim(source: string, at: number): boolean {
  return source[at] === '-' && SPACE.test(source[at + 1] ?? '');
}

/** A closing delimiter, after ` -` that trims the text after it. */
function closeAt(source: string, at: number): { end: number; trims: boolean } | undefined {
  if (source.startsWith(CLOSE, at)) return { end: at + CLOSE.length, trims: false };
  const trims = SPACE.test(source[at] ?? '') && source.startsWith(`-${CLOSE}`, at + 1);
  return trims ? { end: at + 2 + CLOSE.length, trims } : undefined;
}

interface Action {
  readonly tokens: readonly Token[];
  readonly end: number;
  /** Whether white space after the action is dropped. */
  readonly trimsNext: boolean;
}

function lexAction(source: string, open: number, fail: Fail): Action {
  const start = open + OPEN.length;
  const first = isLeftTrim(source, start) ? start + 2 : start;
  if (source.startsWith('/*', first)) return skipComment(source, first, fail);
  const tokens: Token[] = [{ kind: 'open', text: OPEN, offset: open }];
  let at = first;
  let depth = 0;
  for (;;) {
    const close = closeAt(source, at);
    if (close !== undefined) {
      if (depth > 0) fail('unclosed left paren');
      tokens.push({ kind: 'close', text: CLOSE, offset: at });
      return { tokens, end: close.end, trimsNext: close.trims };
    }
    if (at >= source.length) fail('unclosed action');
    const token = lexWord(source, at, fail);
    if (token.text === '(') depth += 1;
    if (token.text === ')' && token.kind === 'mark' && (depth -= 1) < 0)
      fail('unexpected right paren');
    tokens.push(token);
    at += lengthOf(token);
  }
}

/** A comment fills its action: only a trim marker may stand beside it. */
function skipComment(source: string, at: number, fail: Fail): Action {
  const end = source.indexOf('*/', at + 2);
  if (end < 0) fail('unclosed comment');
  const close = closeAt(source, end + 2);
  if (close === undefined) fail('comment ends before closing delimiter');
  return { tokens: [], end: close.end, trimsNext: close.trims };
}

/** How much of the source a token takes; a field's dot is not in its text. */
function lengthOf({ kind, text }: Token): number {
  return kind === 'field' ? text.length + 1 : text.length;
}

function lexWord(source: string, at: number, fail: Fail): Token {
  const rest = source.slice(at);
  const token = (kind: TokenKind, text: string): Token => ({ kind, text, offset: at });
  const match = (pattern: RegExp): string | undefined => pattern.exec(rest)?.[0];
  const space = match(/^[ \t\r\n]+/);
  // The space before a trimming close belongs to it.
  if (space !== undefined) {
    const belongs = rest.startsWith(`-${CLOSE}`, space.length);
    return token('space', belongs ? space.slice(0, -1) : space);
  }
  const name = match(/^[.$]?[\p{L}_][\p{L}\p{Nd}_]*/u) ?? match(/^\$/);
  if (name !== undefined) return nameToken(name, rest, token, fail);
  const number = match(
    /^[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/,
  );
  if (number !== undefined) {
    if (/^[\p{L}\p{Nd}_]/u.test(rest.slice(number.length))) fail(`bad number syntax: ${number}`);
    return token('number', number);
  }
  if (rest.startsWith('.')) return token('dot', '.');
  const quoted = match(/^"(?:[^"\\\n]|\\[^\n])*"|^`[^`]*`/);
  if (quoted !== undefined) return token('string', quoted);
  const character = match(/^'(?:[^'\\\n]|\\[^\n])+'/);
  if (character !== undefined) return token('character', character);
  const mark = match(/^:=|^[=|(),]/);
  if (mark !== undefined) return token('mark', mark);
  if (/^["`']/.test(rest)) return fail('unterminated quoted string or character constant');
  return fail(`unexpected ${JSON.stringify(rest[0])} in an action`);
}

function nameToken(
  name: string,
  rest: string,
  token: (kind: TokenKind, text: string) => Token,
  fail: Fail,
): Token {
  if (!TERMINATOR.test(rest.slice(name.length))) {
    fail(`bad character ${JSON.stringify(rest[name.length])} after ${name}`);
  }
  if (name.startsWith('.')) return token('field', name.slice(1));
  return token(name.startsWith('$') ? 'variable' : 'identifier', name);
}
