import { BellowsError } from '@bellows/core';
import { GoRegExp } from '../naming/go-regexp.ts';

/** One condition on a label. */
export interface SeriesMatcher {
  /** The label; `__name__` is the series' name. */
  readonly label: string;
  /** How its value is compared. */
  readonly operator: '=' | '!=' | '=~' | '!~';
  /** What it is compared with. */
  readonly value: string;
}

const NAME = /\s*([a-zA-Z_:][a-zA-Z0-9_:]*)?\s*/y;
const MATCHER =
  /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)\s*(,|(?=\}))/y;

/**
 * Reads a selector of series as PromQL writes it: `http_requests_total{namespace!="",job=~"web.*"}`.
 *
 * @throws BellowsError `ERR_ADAPTER_QUERY` saying where it ends to be one.
 * @see prometheus/prometheus v0.316.0 promql/parser/lex.go
 */
export function readSeriesSelector(text: string): SeriesMatcher[] {
  NAME.lastIndex = 0;
  const name = NAME.exec(text)?.[1];
  let at = NAME.lastIndex;
  const matchers: SeriesMatcher[] =
    name === undefined ? [] : [{ label: '__name__', operator: '=', value: name }];
  if (text[at] === '{') {
    at += 1;
    for (;;) {
      MATCHER.lastIndex = at;
      const [found, label = '', operator = '', quoted = ''] = MATCHER.exec(text) ?? [];
      if (found === undefined) break;
      at += found.length;
      matchers.push({
        label,
        operator: operator as SeriesMatcher['operator'],
        value: unquote(quoted),
      });
    }
    at += /\s*/y.exec(text.slice(at))?.[0].length ?? 0;
    if (text[at] !== '}') throw notASelector(text, at);
    at += 1;
  }
  if (text.slice(at).trim() !== '' || matchers.length === 0) throw notASelector(text, at);
  return matchers;
}

/** The first condition that a series does not meet; undefined when it meets all. A label that is absent is empty. */
export function unmetMatcher(
  matchers: readonly SeriesMatcher[],
  labels: Readonly<Record<string, string>>,
): SeriesMatcher | undefined {
  return matchers.find(({ label, operator, value }) => {
    const actual = Object.hasOwn(labels, label) ? (labels[label] ?? '') : '';
    const isMet = operator.endsWith('~')
      ? new GoRegExp(`^(?s:${value})$`).test(actual)
      : actual === value;
    return isMet === operator.startsWith('!');
  });
}

/** A condition as it is written. */
export function formatMatcher({ label, operator, value }: SeriesMatcher): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  return inner.replace(/\\(.)/gs, (_all, character: string) => ESCAPES[character] ?? character);
}

function notASelector(text: string, at: number): BellowsError {
  return new BellowsError(
    'ERR_ADAPTER_QUERY',
    `Expected a selector of series, got ${JSON.stringify(text.slice(at, at + 40))} at column ${at + 1} of ${text.slice(0, 200)}`,
    { remedy: 'Write it such as http_requests_total{namespace="shop",pod="web-1"}.' },
  );
}
