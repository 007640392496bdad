import { REASONS, type ReasonCode } from './reasons.ts';

/** A reason in words. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/** The `{names}` of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The values that a code's sentence needs. */
export type ReasonValues<Code extends ReasonCode> = Readonly<
  Record<Names<(typeof REASONS)[Code]['text']>, string | number>
>;

/** Puts a reason in words: the code's sentence with the values in it. */
export function reasonOf<Code extends ReasonCode>(code: Code, values: ReasonValues<Code>): Reason {
  const given: Readonly<Record<string, string | number>> = values;
  const template: string = REASONS[code].text;
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
  return { code, text };
}
