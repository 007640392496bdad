import { isTrue, type GoValue } from './go-value.ts';
import { PipeEvaluator } from './pipe-evaluator.ts';
import { printValue } from './print-value.ts';
import { rangeItems } from './range-items.ts';
import { templateError } from './template-error.ts';
import type { BranchNode, ListNode, TemplateNode } from './template-node.ts';
import { TemplateVariables } from './template-variables.ts';

/** Go's own bound is far deeper than a query needs. */
const MAX_TEMPLATE_DEPTH = 100;
/** Longest text a template may make, in UTF-16 units: more than any Prometheus takes. */
const MAX_OUTPUT_LENGTH = 1_000_000;

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
  #variables: TemplateVariables;
  #evaluator: PipeEvaluator;
  #depth = 0;

  constructor(name: string, lists: ReadonlyMap<string, ListNode>) {
    this.#name = name;
    this.#lists = lists;
    [this.#variables, this.#evaluator] = this.#scopeOf(null);
  }

  runTemplate(name: string, data: GoValue): void {
    const list = this.#lists.get(name);
    if (list === undefined) return this.#fail(`template ${JSON.stringify(name)} not defined`);
    this.#depth += 1;
    if (this.#depth > MAX_TEMPLATE_DEPTH) this.#fail('exceeded maximum template depth');
    const outer = [this.#variables, this.#evaluator] as const;
    [this.#variables, this.#evaluator] = this.#scopeOf(data);
    this.#runList(list, data);
    [this.#variables, this.#evaluator] = outer;
    this.#depth -= 1;
  }

  /** A template sees its own data and variables only. */
  #scopeOf(data: GoValue): readonly [TemplateVariables, PipeEvaluator] {
    const variables = new TemplateVariables(data);
    return [variables, new PipeEvaluator(variables, this.#fail)];
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
        const value = this.#evaluator.pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.#write(printValue(value));
        return undefined;
      }
      case 'template':
        this.runTemplate(
          node.name,
          node.pipe === undefined ? null : this.#evaluator.pipe(node.pipe, dot),
        );
        return undefined;
      case 'break':
      case 'continue':
        return node.kind;
      case 'if':
      case 'range':
      case 'with':
        return this.#variables.scoped(() => this.#runBranch(node, dot));
    }
  }

  #runBranch(node: BranchNode, dot: GoValue): Leap {
    if (node.kind === 'range') return this.#runRange(node, dot);
    const value = this.#evaluator.pipe(node.pipe, dot);
    if (!isTrue(value)) return this.#runList(node.elseList, dot);
    return this.#runList(node.list, node.kind === 'with' ? value : dot);
  }

  #runRange(node: BranchNode, dot: GoValue): Leap {
    const { pipe } = node;
    const value = this.#evaluator.commands(pipe, dot);
    const items =
      rangeItems(value, MAX_OUTPUT_LENGTH) ??
      this.#fail(`range can't iterate over ${printValue(value)}`);
    for (const [key, item] of items) {
      const leap = this.#variables.scoped(() => {
        const [first, second] = pipe.variables;
        if (first !== undefined)
          this.#variables.set(first, second === undefined ? item : key, pipe.assigns);
        if (second !== undefined) this.#variables.set(second, item, pipe.assigns);
        return this.#runList(node.list, item);
      });
      if (leap === 'break') break;
    }
    return items.length === 0 ? this.#runList(node.elseList, dot) : undefined;
  }
}
