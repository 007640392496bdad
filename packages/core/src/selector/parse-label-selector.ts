import {
  createLabelRequirement,
  keyProblem,
  selectorError,
  type LabelOperator,
  type LabelRequirement,
} from './label-requirement.ts';
import { lexSelector, type SelectorToken } from './selector-token.ts';
import { Selector } from './selector.ts';

const BINARY_OPERATORS = new Map<string, LabelOperator>([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', '='],
  ['==', '=='],
  ['!=', '!='],
  ['>', 'gt'],
  ['<', 'lt'],
]);
const END: SelectorToken = { kind: 'end', text: '' };

/**
 * Reads a label selector: `app=shop,tier in (web,db),!canary`. Empty text selects everything.
 *
 * @throws {@link BellowsError} `ERR_CORE_SELECTOR` with the API server's words.
 * @see kubernetes/apimachinery v0.37.2 pkg/labels/selector.go Parse
 */
export function parseLabelSelector(text: string): Selector {
  return Selector.of(new SelectorParser(lexSelector(text)).parse());
}

class SelectorParser {
  readonly #tokens: readonly SelectorToken[];
  #next = 0;

  constructor(tokens: readonly SelectorToken[]) {
    this.#tokens = tokens;
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    while (this.#peek().kind !== 'end') {
      if (!this.#startsRequirement()) {
        throw unexpected(this.#peek(), "expected: !, identifier, or 'end of string'");
      }
      requirements.push(this.#requirement());
      const token = this.#take();
      if (token.kind === 'end') break;
      if (token.text !== ',') throw unexpected(token, "expected: ',' or 'end of string'");
      if (!this.#startsRequirement()) {
        throw unexpected(this.#peek(), "expected: identifier after ','");
      }
    }
    return requirements;
  }

  #peek(): SelectorToken {
    return this.#tokens[this.#next] ?? END;
  }

  #take(): SelectorToken {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #startsRequirement(): boolean {
    const { kind, text } = this.#peek();
    return kind === 'word' || text === '!';
  }

  #requirement(): LabelRequirement {
    const isNegated = this.#peek().text === '!';
    if (isNegated) this.#take();
    const key = this.#take();
    if (key.kind !== 'word') throw inRequirement(unexpected(key, 'expected: identifier').message);
    const [problem] = keyProblem(key.text, '<nil>');
    if (problem !== undefined) throw inRequirement(problem);
    const after = this.#peek();
    if (isNegated) return createLabelRequirement(key.text, '!', []);
    if (after.kind === 'end' || after.text === ',') {
      return createLabelRequirement(key.text, 'exists', []);
    }
    const operator = BINARY_OPERATORS.get(this.#take().text);
    if (operator === undefined) {
      throw inRequirement(unexpected(after, 'expected: in, notin, =, ==, !=, gt, lt').message);
    }
    const values =
      operator === 'in' || operator === 'notin' ? this.#valueList() : [this.#exactValue()];
    return this.#create(key.text, operator, values);
  }

  #create(key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement {
    try {
      return createLabelRequirement(key, operator, values);
    } catch (error) {
      throw error instanceof Error ? inRequirement(error.message) : error;
    }
  }

  /** `(a,b)`: a missing value between commas or parentheses is the empty one. */
  #valueList(): string[] {
    const open = this.#take();
    if (open.text !== '(') throw inRequirement(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    for (;;) {
      const token = this.#peek();
      values.add(token.kind === 'word' ? this.#take().text : '');
      const separator = this.#take();
      if (separator.text === ')') return [...values];
      if (separator.text !== ',') {
        throw inRequirement(`found '${separator.text}', expected: ',' or ')'`);
      }
    }
  }

  #exactValue(): string {
    const token = this.#peek();
    if (token.kind === 'end' || token.text === ',') return '';
    this.#take();
    if (token.kind === 'word') return token.text;
    throw inRequirement(`found '${token.text}', expected: identifier`);
  }
}

function unexpected(token: SelectorToken, expected: string): Error {
  return selectorError(`found '${token.text}', ${expected}`);
}

function inRequirement(message: string): Error {
  return selectorError(`unable to parse requirement: ${message}`);
}
