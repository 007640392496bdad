import { parseFloatText } from '../float-text.ts';
import type { EscapingScheme, ExpositionFormat, ExpositionVersion } from './exposition-format.ts';

/** What {@link negotiateFormat} offers unless told otherwise, the preferred first. */
export const OFFERED_VERSIONS: readonly ExpositionVersion[] = [
  'openmetrics/1.0.0',
  'openmetrics/0.0.1',
  'text/1.0.0',
  'text/0.0.4',
];

/** The `Accept` header to scrape with: what is read here, as Prometheus 3 asks for it, but for protobuf. */
export const SCRAPE_ACCEPT: string = [
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6',
  'application/openmetrics-text;version=0.0.1;q=0.5',
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4',
  'text/plain;version=0.0.4;q=0.3',
  '*/*;q=0.2',
].join(',');

/** More clauses than any client sends; the rest is not looked at. */
const MAX_CLAUSES = 64;

const SCHEMES: ReadonlySet<string> = new Set(['allow-utf-8', 'underscores', 'dots', 'values']);

interface Clause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly params: ReadonlyMap<string, string>;
}

/**
 * The format to write for an `Accept` header: the first clause by quality that names an offered type and version,
 * with the `escaping` it asks for, else `underscores`. Text 0.0.4 where none does, also for wildcards and without a
 * header: that is what every reader knows.
 *
 * Follows the library of Go services also in what it is loose in: case counts, and `q=0` is the last choice
 * and no refusal.
 *
 * @param accept - The header; undefined where there is none.
 * @param offers - The preferred first. @defaultValue {@link OFFERED_VERSIONS}
 * @see prometheus/common v0.73.1 expfmt/encode.go NegotiateAccept
 */
export function negotiateFormat(
  accept: string | undefined,
  offers: readonly ExpositionVersion[] = OFFERED_VERSIONS,
): ExpositionFormat {
  for (const clause of parseAccept(accept ?? '')) {
    const asked = versionOf(clause);
    const version = offers.find((offer) => offer === asked);
    if (version === undefined) continue;
    const escaping = clause.params.get('escaping');
    return { version, escaping: isScheme(escaping) ? escaping : 'underscores' };
  }
  return { version: 'text/0.0.4', escaping: 'underscores' };
}

function isScheme(text: string | undefined): text is EscapingScheme {
  return text !== undefined && SCHEMES.has(text);
}

/** What a clause names, in the form of {@link ExpositionVersion}; a version left out is the oldest one. */
function versionOf({ type, subtype, params }: Clause): string {
  const version = params.get('version');
  const mediaType = `${type}/${subtype}`;
  if (mediaType === 'text/plain') return `text/${version ?? '0.0.4'}`;
  if (mediaType === 'application/openmetrics-text') return `openmetrics/${version ?? '0.0.1'}`;
  return '';
}

function parseAccept(header: string): Clause[] {
  const clauses: Clause[] = [];
  for (const part of header.split(',', MAX_CLAUSES)) {
    const clause = parseClause(part);
    if (clause === undefined) continue;
    // As sort.Sort does with few elements: upstream's order is no total one, so the way of sorting counts.
    let at = clauses.length;
    while (at > 0 && comesBefore(clause, clauses[at - 1])) at -= 1;
    clauses.splice(at, 0, clause);
  }
  return clauses;
}

function comesBefore(a: Clause, b: Clause | undefined): boolean {
  if (b === undefined) return false;
  if (a.quality > b.quality || (a.type !== '*' && b.type === '*')) return true;
  return a.subtype !== '*' && b.subtype === '*';
}

function parseClause(text: string): Clause | undefined {
  const [mediaType = '', ...rest] = text.split(';');
  const [type = '', subtype, ...more] = mediaType.split('/').map((part) => part.trim());
  if (more.length > 0 || (!subtype && type !== '*')) return undefined;
  const params = new Map<string, string>();
  let quality = 1;
  for (const part of rest) {
    const [name = '', value, ...none] = part.split('=');
    if (!value || none.length > 0) continue;
    if (name.trim() === 'q') quality = parseFloatText(value) ?? 0;
    else params.set(name.trim(), value.trim());
  }
  return { type, subtype: subtype ?? '*', quality, params };
}
