import type { NameMapping } from '../config/discovery-rule.ts';
import { escapeRe2 } from '../naming/label-matchers.ts';
import type { MetricNamer } from '../naming/metric-namer.ts';
import { quoteGo } from '../template/go-quote.ts';

/** A selector that begins with a metric's name, such as `up` or `up{job="x"}`. */
const NAMED = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{|$)/;
/** A template of names with one reference, `$1` or `${name}`, and what stands before and after it. */
const ONE_REFERENCE = /^([^$]*)\$(?:\{\w+\}|\w+)([^$]*)$/;

/**
 * A selector of those series of a rule that may have a metric's name, narrower than the rule's own; it may find others, too.
 * Undefined where no series of the rule has that name, or where its naming cannot be read backwards.
 */
export function wantedSeries(
  { rule, takes, nameOf }: MetricNamer,
  metric: string,
): string | undefined {
  const selector = rule.seriesQuery.trim();
  const named = NAMED.exec(selector)?.[1];
  if (named !== undefined) {
    return takes(named) && nameOf(named) === metric ? selector : undefined;
  }
  const names = namesOf(rule.name, metric);
  if (names === undefined || !selector.startsWith('{') || !selector.endsWith('}')) return undefined;
  const matchers = selector.slice(1, -1).trim().replace(/,$/, '');
  return `{${matchers === '' ? '' : `${matchers},`}__name__=~${quoteGo(`.*${names}.*`)}}`;
}

/** An expression that is found in the name of each series that gets the metric's name. */
function namesOf({ matches, as }: NameMapping, metric: string): string | undefined {
  // What `as` leaves out is the whole match or its only group: a part of the series' name either way.
  if (as === '') return escapeRe2(metric);
  if (!as.includes('$')) return as === metric ? `(?:${matches})` : undefined;
  const [, before = '', after = ''] = ONE_REFERENCE.exec(as) ?? [];
  const captured = metric.slice(before.length, metric.length - after.length);
  const isMade = ONE_REFERENCE.test(as) && before + captured + after === metric;
  return isMade && captured !== '' ? escapeRe2(captured) : undefined;
}
