import { callFunction } from './template-functions.ts';
import {
  GoStruct,
  goTypeName,
  isMap,
  isSlice,
  isTrue,
  sortedKeys,
  type GoValue,
} from './go-value.ts';
import { printValue } from './print-value.ts';
import { templateError } from './template-error.ts';
import type {
  BranchNode,
  CommandNode,
  ListNode,
  OperandNode,
  PipeNode,
  TemplateNode,
} from './template-node.ts';

/** Go's own bound is far deeper than a query needs. */
const MAX_TEMPLATE_DEPTH = 100;
/** Longest text a template may make, in UTF-16 units: more than any Prometheus takes. */
const MAX_OUTPUT_LENGTH = 1_000_000;

interface Variable {
  readonly name: string;
  value: GoValue;
}

/** What ends a list before its end. */
type Leap = 'break' | 'continue' | undefined;

/**
 * Runs a template.
 *
 * @param lists - What the parser made of it.
 * @throws BellowsError `ERR_ADAPTER_TEMPLATE` for a field, an argument or a template that does not exist.
 * @see golang/go go1.26 src/text/template/exec.go
 */
export function executeTemplate(
  name: string,
  lists: ReadonlyMap<string, ListNode>,
  data: GoValue,
): string {
  const executor = new TemplateExecutor(name, lists);
  executor.runTemplate(name, data);
  return executor.output;
}

class TemplateExecutor {
  output = '';
  readonly #name: string;
  readonly #lists: ReadonlyMap<string, ListNode>;
  #variables: Variable[] = [];
  #depth = 0;

  constructor(name: string, lists: ReadonlyMap<string, ListNode>) {
    this.#name = name;
    this.#lists = lists;
  }

  runTemplate(name: string, data: GoValue): void {
    const list = this.#lists.get(name);
    if (list === undefined) return this.#fail(`template ${JSON.stringify(name)} not defined`);
    this.#depth += 1;
    if (this.#depth > MAX_TEMPLATE_DEPTH) this.#fail('exceeded maximum template depth');
    const outer = this.#variables;
    this.#variables = [{ name: '$', value: data }];
    this.#runList(list, data);
    this.#variables = outer;
    this.#depth -= 1;
  }

  readonly #fail = (problem: string): never => {
    throw templateError(this.#name, problem);
  };

  #write(text: string): void {
    this.output += text;
    if (this.output.length > MAX_OUTPUT_LENGTH) {
      this.#fail(`makes more than ${MAX_OUTPUT_LENGTH} characters`);
    }
  }

  #runList(list: ListNode, dot: GoValue): Leap {
    for (const node of list) {
      const leap = this.#runNode(node, dot);
      if (leap !== undefined) return leap;
    }
    return undefined;
  }

  #runNode(node: TemplateNode, dot: GoValue): Leap {
    switch (node.kind) {
      case 'text':
        this.#write(node.text);
        return undefined;
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.#write(printValue(value));
        return undefined;
      }
      case 'template':
        this.runTemplate(node.name, node.pipe === undefined ? null : this.#pipe(node.pipe, dot));
        return undefined;
      case 'break':
      case 'continue':
        return node.kind;
      case 'if':
      case 'range':
      case 'with':
        return this.#scoped(() => this.#runBranch(node, dot));
    }
  }

  #scoped<T>(run: () => T): T {
    const count = this.#variables.length;
    const result = run();
    this.#variables.length = count;
    return result;
  }

  #runBranch(node: BranchNode, dot: GoValue): Leap {
    if (node.kind === 'range') return this.#runRange(node, dot);
    const value = this.#pipe(node.pipe, dot);
    if (!isTrue(value)) return this.#runList(node.elseList, dot);
    return this.#runList(node.list, node.kind === 'with' ? value : dot);
  }

  #runRange(node: BranchNode, dot: GoValue): Leap {
    const { pipe } = node;
    const value = this.#commands(pipe, dot);
    const items = this.#itemsOf(value);
    for (const [key, item] of items) {
      const leap = this.#scoped(() => {
        const [first, second] = pipe.variables;
        if (first !== undefined) this.#set(first, second === undefined ? item : key, pipe.assigns);
        if (second !== undefined) this.#set(second, item, pipe.assigns);
        return this.#runList(node.list, item);
      });
      if (leap === 'break') break;
    }
    return items.length === 0 ? this.#runList(node.elseList, dot) : undefined;
  }

  #itemsOf(value: GoValue): readonly (readonly [GoValue, GoValue])[] {
    if (value === null || value === undefined) return [];
    if (isSlice(value)) return value.map((item, index) => [BigInt(index), item] as const);
    if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key)] as const);
    if (typeof value === 'bigint') {
      const count =
        value > BigInt(MAX_OUTPUT_LENGTH) ? MAX_OUTPUT_LENGTH : Math.max(0, Number(value));
      return Array.from(
        { length: count },
        (_item, index) => [BigInt(index), BigInt(index)] as const,
      );
    }
    return this.#fail(`range can't iterate over ${printValue(value)}`);
  }

  #set(name: string, value: GoValue, assigns: boolean): void {
    if (!assigns) {
      this.#variables.push({ name, value });
      return;
    }
    const variable = this.#variables.findLast((known) => known.name === name);
    if (variable !== undefined) variable.value = value;
  }

  #pipe(pipe: PipeNode, dot: GoValue): GoValue {
    const value = this.#commands(pipe, dot);
    for (const name of pipe.variables) this.#set(name, value, pipe.assigns);
    return value;
  }

  #commands({ commands }: PipeNode, dot: GoValue): GoValue {
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
      case 'variable': {
        const variable = this.#variables.findLast(({ name }) => name === operand.name);
        return this.#fields(variable?.value, operand.path);
      }
      case 'chain':
        return this.#fields(this.#pipe(operand.pipe, dot), operand.path);
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
