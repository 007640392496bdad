import type { DecisionInput, DecisionRecord, DecisionStep } from '@bellows/core';
import { rawLines } from './raw-lines.ts';
import { joinLines, named } from './text-lines.ts';
import { timeText } from './time-text.ts';

const COUNT_WIDTH = 10;

/** A decision for people: one sentence, then the arithmetic, then raw values. */
export function explanationText(record: DecisionRecord): string {
  return joinLines([
    headline(record),
    '',
    ...arithmeticLines(record),
    '',
    ...record.inputs.map(inputLine),
    ...rawLines(record),
  ]);
}

/** Whose decision, when, and what it was. */
export function headline({ autoscaler, atMs, text }: DecisionRecord): string {
  return `hpa/${autoscaler.name} at ${timeText(atMs)}: ${text}`;
}

/** The steps, what decided, what comes next, and what single things changed. */
export function arithmeticLines(record: DecisionRecord): string[] {
  const { steps, reason, next, counterfactuals } = record;
  const without = counterfactuals
    ?.map(({ without: name, replicas }) => `${name} ${replicas ?? 'undecided'}`)
    .join(', ');
  return [
    ...steps.map(stepLine),
    ...(reason === undefined ? [] : [named('reason', `${reason}, see docs/reference/reasons.md`)]),
    ...(next === undefined ? [] : [named('next', next.text)]),
    ...(without === undefined ? [] : [named('without', without)]),
  ];
}

function stepLine({ name, in: before, out: after, because }: DecisionStep): string {
  const counts = before === after ? String(after) : `${before} → ${after}`;
  return named(name, `${counts.padEnd(COUNT_WIDTH)}${because}`);
}

function inputLine({ metric, current, target, proposal, sampleAgeMs }: DecisionInput): string {
  const value = typeof current === 'string' ? current : `missing (${current.missing})`;
  const asks = proposal === undefined ? '' : `, asks for ${proposal}`;
  const age = sampleAgeMs === undefined ? '' : `, ${(sampleAgeMs / 1000).toFixed(1)} s old`;
  return named('metric', `${metric}: ${value}, target ${target}${asks}${age}`);
}
