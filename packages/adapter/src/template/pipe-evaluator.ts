import { callFunction } from './template-functions.ts';
import { GoStruct, goTypeName, isMap, isTrue, type GoValue } from './go-value.ts';
import type { CommandNode, OperandNode, PipeNode } from './template-node.ts';
import type { TemplateVariables } from './template-variables.ts';

/** Makes values of pipes: commands, functions, fields and variables. */
export class PipeEvaluator {
  readonly #variables: TemplateVariables;
  readonly #fail: (problem: string) => never;

  /** @param fail - Throws the template's error. */
  constructor(variables: TemplateVariables, fail: (problem: string) => never) {
    this.#variables = variables;
    this.#fail = fail;
  }

  /** What a pipe makes; its variables take it. */
  pipe(pipe: PipeNode, dot: GoValue): GoValue {
    const value = this.commands(pipe, dot);
    for (const name of pipe.variables) this.#variables.set(name, value, pipe.assigns);
    return value;
  }

  /** What a pipe makes, without its variables. */
  commands({ commands }: PipeNode, dot: GoValue): GoValue {
    let value: GoValue;
    commands.forEach((command, stage) => {
      value = this.#command(command, dot, stage === 0 ? [] : [value]);
    });
    return value;
  }

  /** @param last - What the command before it made: its last argument. */
  #command(command: CommandNode, dot: GoValue, last: readonly GoValue[]): GoValue {
    const [first, ...rest] = command;
    if (first.kind === 'function') return this.#call(first.name, rest, dot, last);
    if (rest.length > 0 || last.length > 0) {
      this.#fail(`can't give argument to non-function ${first.kind}`);
    }
    if (first.kind === 'nil') this.#fail('nil is not a command');
    return this.#operand(first, dot);
  }

  #call(
    name: string,
    operands: readonly OperandNode[],
    dot: GoValue,
    last: readonly GoValue[],
  ): GoValue {
    const fail = (problem: string): never => this.#fail(`error calling ${name}: ${problem}`);
    if (name !== 'and' && name !== 'or') {
      const values = operands.map((operand) => this.#operand(operand, dot));
      return callFunction(name, [...values, ...last], fail);
    }
    if (operands.length + last.length === 0) fail('wrong number of args: want at least 1, got 0');
    let value: GoValue;
    for (const operand of operands) {
      value = this.#operand(operand, dot);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return last.length === 0 ? value : last[0];
  }

  #operand(operand: OperandNode, dot: GoValue): GoValue {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return operand.value;
      case 'function':
        return this.#call(operand.name, [], dot, []);
      case 'field':
        return this.#fields(dot, operand.path);
      case 'variable':
        return this.#fields(this.#variables.get(operand.name), operand.path);
      case 'chain':
        return this.#fields(this.pipe(operand.pipe, dot), operand.path);
    }
  }

  #fields(value: GoValue, path: readonly string[]): GoValue {
    return path.reduce<GoValue>((owner, name) => this.#field(owner, name), value);
  }

  #field(owner: GoValue, name: string): GoValue {
    if (isMap(owner)) return owner.get(name);
    if (owner instanceof GoStruct && owner.fields.has(name)) return owner.fields.get(name);
    return this.#fail(`can't evaluate field ${name} in type ${goTypeName(owner)}`);
  }
}
