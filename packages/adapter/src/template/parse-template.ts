import { unquoteGo } from './go-literal.ts';
import { PipelineParser } from './parse-pipeline.ts';
import type { ListNode, TemplateNode } from './template-node.ts';
import { describeToken, TokenCursor } from './token-cursor.ts';

/** What a list of nodes ended with. */
type ListEnd = 'end' | 'else' | 'eof';

interface ParsedList {
  readonly nodes: ListNode;
  readonly endedBy: ListEnd;
}

const BRANCHES = ['if', 'range', 'with'] as const;
const MAX_DEPTH = 100;

/**
 * Reads a template.
 *
 * @returns Its lists by name; its own stands under `name`, others come from `define` and `block`.
 * @throws BellowsError `ERR_ADAPTER_TEMPLATE` where Go refuses it, too.
 * @see golang/go go1.26 src/text/template/parse/parse.go
 */
export function parseTemplate(name: string, source: string): ReadonlyMap<string, ListNode> {
  const parser = new TemplateParser(name, source);
  return parser.parse();
}

class TemplateParser {
  readonly #name: string;
  readonly #cursor: TokenCursor;
  readonly #pipelines: PipelineParser;
  readonly #lists = new Map<string, ListNode>();
  #rangeDepth = 0;
  #depth = 0;

  constructor(name: string, source: string) {
    this.#name = name;
    this.#cursor = new TokenCursor(name, source);
    this.#pipelines = new PipelineParser(this.#cursor);
  }

  parse(): ReadonlyMap<string, ListNode> {
    const { nodes, endedBy } = this.#list(true);
    if (endedBy !== 'eof') this.#cursor.fail(`unexpected {{${endedBy}}}`);
    // A template that only defines others does not hide one of its own name.
    if (!this.#lists.has(this.#name) || !isEmpty(nodes)) this.#add(this.#name, nodes);
    return this.#lists;
  }

  #close(context: string): void {
    this.#cursor.skipSpace();
    if (!this.#cursor.take('close'))
      this.#cursor.fail(`unexpected ${describeToken(this.#cursor.peek())} in ${context}`);
  }

  #add(name: string, nodes: ListNode): void {
    const known = this.#lists.get(name);
    if (known !== undefined && !isEmpty(known) && !isEmpty(nodes)) {
      this.#cursor.fail(`multiple definition of template ${JSON.stringify(name)}`);
    }
    if (known === undefined || isEmpty(known)) this.#lists.set(name, nodes);
  }

  /** Nodes up to `end`, `else` or the end of the text. */
  #list(isTop = false): ParsedList {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#cursor.fail(`nested deeper than ${MAX_DEPTH} levels`);
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = this.#cursor.next();
      if (token.kind === 'end') return this.#listEnd(nodes, 'eof');
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      this.#cursor.skipSpace();
      const keyword = this.#cursor.is('identifier') ? this.#cursor.peek().text : '';
      if (keyword === 'end' || keyword === 'else') {
        this.#cursor.next();
        return this.#listEnd(nodes, keyword);
      }
      const node = this.#action(keyword, isTop);
      if (node !== undefined) nodes.push(node);
    }
  }

  #listEnd(nodes: ListNode, endedBy: ListEnd): ParsedList {
    this.#depth -= 1;
    return { nodes, endedBy };
  }

  #action(keyword: string, isTop: boolean): TemplateNode | undefined {
    const branch = BRANCHES.find((name) => name === keyword);
    if (branch !== undefined) {
      this.#cursor.next();
      return this.#branch(branch);
    }
    switch (keyword) {
      case 'define':
        this.#cursor.next();
        if (!isTop) this.#cursor.fail('unexpected {{define}}');
        this.#define();
        return undefined;
      case 'block':
        this.#cursor.next();
        return this.#block();
      case 'template':
        this.#cursor.next();
        return this.#template();
      case 'break':
      case 'continue':
        this.#cursor.next();
        if (this.#rangeDepth === 0) this.#cursor.fail(`{{${keyword}}} outside {{range}}`);
        this.#close(keyword);
        return { kind: keyword };
      default: {
        const pipe = this.#pipelines.pipe('command');
        this.#cursor.take('close');
        return { kind: 'action', pipe };
      }
    }
  }

  #branch(kind: (typeof BRANCHES)[number]): TemplateNode {
    return this.#pipelines.scoped(() => {
      const pipe = this.#pipelines.pipe(kind);
      this.#cursor.take('close');
      this.#rangeDepth += kind === 'range' ? 1 : 0;
      const list = this.#list();
      this.#rangeDepth -= kind === 'range' ? 1 : 0;
      const elseList = list.endedBy === 'else' ? this.#else(kind) : this.#ended(list, kind);
      return { kind, pipe, list: list.nodes, elseList };
    });
  }

  /** `else`, or `else if` and `else with`, which share the outer `end`. */
  #else(kind: (typeof BRANCHES)[number]): ListNode {
    this.#cursor.skipSpace();
    if (kind !== 'range' && this.#cursor.take('identifier', kind)) return [this.#branch(kind)];
    this.#close('else');
    const list = this.#list();
    if (list.endedBy === 'else') this.#cursor.fail('expected end; found {{else}}');
    this.#ended(list, kind);
    return list.nodes;
  }

  #ended({ endedBy }: ParsedList, context: string): ListNode {
    if (endedBy === 'eof') this.#cursor.fail(`unexpected EOF: {{${context}}} without {{end}}`);
    this.#close('end');
    return [];
  }

  #define(): void {
    const name = this.#stringName('define');
    this.#close('define');
    this.#add(name, this.#body('define'));
  }

  #block(): TemplateNode {
    const name = this.#stringName('block');
    const pipe = this.#pipelines.pipe('block');
    this.#cursor.take('close');
    this.#add(name, this.#body('block'));
    return { kind: 'template', name, pipe };
  }

  /** What stands in a `define` or `block`. */
  #body(context: string): ListNode {
    const outerRanges = this.#rangeDepth;
    this.#rangeDepth = 0;
    const list = this.#pipelines.isolated(() => this.#list());
    this.#rangeDepth = outerRanges;
    if (list.endedBy === 'else') this.#cursor.fail(`unexpected {{else}} in ${context}`);
    this.#ended(list, context);
    return list.nodes;
  }

  #template(): TemplateNode {
    const name = this.#stringName('template');
    this.#cursor.skipSpace();
    if (this.#cursor.take('close')) return { kind: 'template', name, pipe: undefined };
    const pipe = this.#pipelines.pipe('template');
    this.#cursor.take('close');
    return { kind: 'template', name, pipe };
  }

  #stringName(context: string): string {
    this.#cursor.skipSpace();
    const token = this.#cursor.next();
    const name = token.kind === 'string' ? unquoteGo(token.text) : undefined;
    return (
      name ?? this.#cursor.fail(`expected a string in ${context}, got ${describeToken(token)}`)
    );
  }
}

function isEmpty(nodes: ListNode): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}
