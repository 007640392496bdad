/** What a piece of a template is: its text, or a word of an action. */
export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'dot'
  | 'string'
  | 'character'
  | 'number'
  | 'mark'
  | 'end';

/** A piece of a template. */
export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the template; of a field without its dot, of a text what trim markers left of it. */
  readonly text: string;
  /** Where it begins, in UTF-16 units from the start of the template. */
  readonly offset: number;
}
