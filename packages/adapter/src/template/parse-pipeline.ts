import { characterGo, numberGo, unquoteGo } from './go-literal.ts';
import { isTemplateFunction } from './template-functions.ts';
import type { CommandNode, OperandNode, PipeNode } from './template-node.ts';
import type { Token } from './token.ts';
import { describeToken, type TokenCursor } from './token-cursor.ts';

const OPERAND_ONLY_FIRST = ['constant', 'dot', 'nil'];
const MAX_DEPTH = 100;

/** Reads what stands inside an action: `$x := .Field | printf "%q"`. */
export class PipelineParser {
  readonly #cursor: TokenCursor;
  /** Variables in scope; `$` is the data. */
  #variables = ['$'];
  #depth = 0;

  constructor(cursor: TokenCursor) {
    this.#cursor = cursor;
  }

  /** Runs `read`; variables that it declares end with it. */
  scoped<T>(read: () => T): T {
    const count = this.#variables.length;
    const result = read();
    this.#variables.length = count;
    return result;
  }

  /** Runs `read` for a template of its own, which sees no variable of this one. */
  isolated<T>(read: () => T): T {
    const outer = this.#variables;
    this.#variables = ['$'];
    const result = read();
    this.#variables = outer;
    return result;
  }

  /** A pipeline up to the `>>` or `)` that ends it, which is left to the caller. */
  pipe(context: string): PipeNode {
    this.#cursor.skipSpace();
    const { variables, assigns } = this.#declaration(context);
    const commands: CommandNode[] = [];
    do commands.push(this.#command(context, commands.length));
    while (this.#takeBar());
    this.#variables.push(...(assigns ? [] : variables));
    return { variables, assigns, commands };
  }

  #takeBar(): boolean {
    this.#cursor.skipSpace();
    return this.#cursor.take('mark', '|');
  }

  /** `$x :=`, `$x =`, and of a range `$i, $x :=`. */
  #declaration(context: string): { variables: string[]; assigns: boolean } {
    const start = this.#cursor.mark();
    const variables: string[] = [];
    while (this.#cursor.is('variable')) {
      variables.push(this.#cursor.next().text);
      this.#cursor.skipSpace();
      const isSecond = variables.length > 1;
      if (this.#cursor.take('mark', ':=')) return { variables, assigns: false };
      if (this.#cursor.take('mark', '=')) {
        for (const name of variables) this.#known(name);
        return { variables, assigns: true };
      }
      if (context !== 'range' || isSecond || !this.#cursor.take('mark', ',')) break;
      this.#cursor.skipSpace();
    }
    this.#cursor.goBack(start);
    return { variables: [], assigns: false };
  }

  #command(context: string, stage: number): CommandNode {
    this.#cursor.skipSpace();
    const first = this.#operand();
    if (first === undefined) return this.#cursor.fail(`missing value for ${context}`);
    if (stage > 0 && OPERAND_ONLY_FIRST.includes(first.kind)) {
      this.#cursor.fail(`non executable command in pipeline stage ${stage + 1}`);
    }
    const command: [OperandNode, ...OperandNode[]] = [first];
    while (this.#cursor.take('space')) {
      const argument = this.#operand();
      if (argument === undefined) break;
      command.push(argument);
    }
    if (
      !this.#cursor.is('close') &&
      !this.#cursor.is('mark', '|') &&
      !this.#cursor.is('mark', ')')
    ) {
      this.#cursor.fail(`unexpected ${describeToken(this.#cursor.peek())} in operand`);
    }
    return command;
  }

  #operand(): OperandNode | undefined {
    const term = this.#term();
    if (term === undefined || !this.#cursor.is('field')) return term;
    const path: string[] = [];
    while (this.#cursor.is('field')) path.push(this.#cursor.next().text);
    if (term.kind === 'field' || term.kind === 'variable' || term.kind === 'chain') {
      return { ...term, path: [...term.path, ...path] };
    }
    if (term.kind !== 'function') return this.#cursor.fail(`unexpected . after ${term.kind}`);
    const pipe: PipeNode = { variables: [], assigns: false, commands: [[term]] };
    return { kind: 'chain', pipe, path };
  }

  #term(): OperandNode | undefined {
    const token = this.#cursor.peek();
    if (token.kind === 'mark' && token.text === '(') {
      this.#cursor.next();
      this.#depth += 1;
      if (this.#depth > MAX_DEPTH) this.#cursor.fail(`nested deeper than ${MAX_DEPTH} levels`);
      const pipe = this.pipe('parenthesized pipeline');
      if (!this.#cursor.take('mark', ')')) this.#cursor.fail('unclosed left paren');
      this.#depth -= 1;
      return { kind: 'chain', pipe, path: [] };
    }
    const operand = this.#simple(token);
    if (operand !== undefined) this.#cursor.next();
    return operand;
  }

  #simple({ kind, text }: Token): OperandNode | undefined {
    if (kind === 'dot') return { kind: 'dot' };
    if (kind === 'field') return { kind: 'field', path: [text] };
    if (kind === 'variable') return { kind: 'variable', name: this.#known(text), path: [] };
    if (kind === 'identifier') return this.#word(text);
    if (kind === 'string') return this.#constant(unquoteGo(text), text);
    if (kind === 'character') return this.#constant(characterGo(text), text);
    return kind === 'number' ? this.#constant(numberGo(text), text) : undefined;
  }

  #constant(value: ReturnType<typeof numberGo>, text: string): OperandNode {
    if (value === undefined) this.#cursor.fail(`malformed constant ${text}`);
    return { kind: 'constant', value };
  }

  #word(text: string): OperandNode {
    if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
    if (text === 'nil') return { kind: 'nil' };
    if (!isTemplateFunction(text))
      this.#cursor.fail(`function ${JSON.stringify(text)} not defined`);
    return { kind: 'function', name: text };
  }

  #known(name: string): string {
    if (!this.#variables.includes(name))
      this.#cursor.fail(`undefined variable ${JSON.stringify(name)}`);
    return name;
  }
}
