import { selectorError } from './label-requirement.ts';

/** One condition on a field: its value is, or is not, the given one. */
export interface FieldRequirement {
  /** The field's path, such as `metadata.name`. */
  readonly field: string;
  /** Whether the field must have the value or must not; `==` reads as `=`. */
  readonly operator: '=' | '!=';
  /** The value, with its escapes undone. */
  readonly value: string;
}

const OPERATOR = /!=|==|=/;

/** A field selector ready to match: requirements that must all hold. Immutable. */
export class FieldSelector {
  /** In the order of their text. */
  readonly requirements: readonly FieldRequirement[];

  constructor(requirements: readonly FieldRequirement[]) {
    this.requirements = requirements;
  }

  /** Whether it selects everything. */
  get isEmpty(): boolean {
    return this.requirements.length === 0;
  }

  /** Whether all requirements hold; a field that is absent has the empty value. */
  matches(fields: Readonly<Record<string, string>>): boolean {
    return this.requirements.every(({ field, operator, value }) => {
      const actual = Object.hasOwn(fields, field) ? fields[field] : '';
      return (actual === value) === (operator === '=');
    });
  }

  /** The selector's text, with `\`, `,` and `=` in values escaped. */
  toString(): string {
    return this.requirements
      .map(({ field, operator, value }) => field + operator + value.replace(/[\\,=]/g, '\\$&'))
      .join(',');
  }
}

/**
 * Reads a field selector: `metadata.name=web-1,status.phase!=Failed`. Nothing is trimmed; `\` escapes
 * `\`, `,` and `=` in values.
 *
 * @throws {@link BellowsError} `ERR_CORE_SELECTOR` for a term without an operator and for a wrong escape.
 * @see kubernetes/apimachinery v0.37.2 pkg/fields/selector.go ParseSelector
 */
export function parseFieldSelector(text: string): FieldSelector {
  const terms = splitTerms(text).filter((term) => term !== '');
  const requirements = terms.toSorted(compareCodePoints).map((term) => parseTerm(text, term));
  // A term such as `=` selects nothing in particular: upstream drops it.
  return new FieldSelector(requirements.filter(({ field, value }) => field !== '' || value !== ''));
}

/** Splits at commas that no backslash escapes. A loop: a pattern would run out of stack on long texts. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === ',') {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function parseTerm(text: string, term: string): FieldRequirement {
  const match = OPERATOR.exec(term);
  if (match === null) {
    throw selectorError(`invalid selector: '${text}'; can't understand '${term}'`);
  }
  return {
    field: term.slice(0, match.index),
    operator: match[0] === '!=' ? '!=' : '=',
    value: unescapeValue(term.slice(match.index + match[0].length)),
  };
}

function unescapeValue(value: string): string {
  return value.replace(/\\([^]?)|[,=]/gu, (found: string, escaped?: string) => {
    if (escaped === '\\' || escaped === ',' || escaped === '=') return escaped;
    if (escaped === undefined) {
      throw selectorError(
        `invalid field selector: unescaped character in value: ${found.codePointAt(0) ?? 0}`,
      );
    }
    throw selectorError(`invalid field selector: invalid escape sequence: ${found}`);
  });
}

/** The order of the texts' bytes in UTF-8. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (const [index, character] of left.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
