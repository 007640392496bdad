import type { GoValue } from './go-value.ts';

/** A template's parts, in order. */
export type ListNode = readonly TemplateNode[];

/** A part of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: PipeNode }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: PipeNode | undefined }
  | { readonly kind: 'break' | 'continue' }
  | BranchNode;

/** `if`, `range` and `with`. */
export interface BranchNode {
  readonly kind: 'if' | 'range' | 'with';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode;
}

/** Commands, each the last argument of the next, and the variables that take the result. */
export interface PipeNode {
  /** One variable, or two for the `range` of a pipe. */
  readonly variables: readonly string[];
  /** Whether they exist already (`=`), rather than being declared (`:=`). */
  readonly assigns: boolean;
  readonly commands: readonly CommandNode[];
}

/** An operand with its arguments. */
export type CommandNode = readonly [OperandNode, ...OperandNode[]];

/** What a command begins with, or takes. */
export type OperandNode =
  | { readonly kind: 'dot' | 'nil' }
  | { readonly kind: 'constant'; readonly value: GoValue }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'chain'; readonly pipe: PipeNode; readonly path: readonly string[] };
