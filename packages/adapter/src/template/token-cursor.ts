import { templateError } from './template-error.ts';
import { lexTemplate } from './lex-template.ts';
import type { Token, TokenKind } from './token.ts';

/** Goes through the pieces of a template, and fails in its name. */
export class TokenCursor {
  readonly #name: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  /** @throws BellowsError `ERR_ADAPTER_TEMPLATE` when the text cannot be cut into pieces. */
  constructor(name: string, source: string) {
    this.#name = name;
    this.#tokens = lexTemplate(source, (problem) => this.fail(problem));
  }

  /** @throws BellowsError `ERR_ADAPTER_TEMPLATE`, always. */
  fail(problem: string): never {
    throw templateError(this.#name, problem);
  }

  /** The next piece, which stays the next. */
  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: 0 };
  }

  /** The next piece. */
  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Whether the next piece is of a kind, and has a text if one is given. */
  is(kind: TokenKind, text?: string): boolean {
    const token = this.peek();
    return token.kind === kind && (text === undefined || token.text === text);
  }

  /** Passes the next piece if it is the one that is meant. @returns Whether it was. */
  take(kind: TokenKind, text?: string): boolean {
    const isThere = this.is(kind, text);
    if (isThere) this.#at += 1;
    return isThere;
  }

  /** Passes spaces, if there are any. */
  skipSpace(): void {
    this.take('space');
  }

  /** Where it is, for {@link TokenCursor.goBack}. */
  mark(): number {
    return this.#at;
  }

  /** Returns to a place marked before. */
  goBack(mark: number): void {
    this.#at = mark;
  }
}

/** A piece, for 'unexpected …'. */
export function describeToken({ kind, text }: Token): string {
  return kind === 'end' ? 'the end of the text' : JSON.stringify(text);
}
