import type { DecisionRecord } from '@bellows/core';
import { headline } from './explanation-text.ts';
import { joinLines, named } from './text-lines.ts';

/** What is different between two decisions, one thing a line. */
export function differenceText(before: DecisionRecord, after: DecisionRecord): string {
  const old = factsOf(before);
  const fresh = factsOf(after);
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  const changed = names.filter((name) => old.get(name) !== fresh.get(name));
  const lines = changed.map((name) =>
    named(`${name}:`, `${old.get(name) ?? 'none'} → ${fresh.get(name) ?? 'none'}`),
  );
  return joinLines([
    headline(before),
    headline(after),
    '',
    ...(lines.length === 0 ? [named('', 'nothing else is different')] : lines),
  ]);
}

function factsOf(record: DecisionRecord): Map<string, string> {
  const { replicas, inputs, steps, binding, reason, conditions } = record;
  return new Map<string, string>([
    ...Object.entries(replicas).map(([name, count]): [string, string] => [name, String(count)]),
    ...inputs.map(({ metric, current }): [string, string] => [
      metric,
      typeof current === 'string' ? current : `missing (${current.missing})`,
    ]),
    ...inputs.map(({ metric, target }): [string, string] => [`target of ${metric}`, target]),
    ...steps.map(({ name, in: from, out }): [string, string] => [name, `${from} to ${out}`]),
    ['decided by', binding ?? 'no step'],
    ['reason', reason ?? 'unknown'],
    ...conditions.map(({ type, status, reason: why }): [string, string] => [
      type,
      `${status} (${why})`,
    ]),
  ]);
}
