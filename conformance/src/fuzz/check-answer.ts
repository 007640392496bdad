import { BellowsError } from '@bellows/core';
import { hpaSuite } from '../suites/hpa.ts';
import type { Mismatch } from '../suite.ts';
import type { AnsweredLine } from './question.ts';

/**
 * Compares what the controller did in a scenario with what Bellows does. A spec that the API server refuses may
 * be refused by Bellows too, with its own error.
 */
export function checkAnswer(answer: AnsweredLine): readonly Mismatch[] {
  try {
    const result = hpaSuite.open('')(answer);
    if (result === 'no case') return [];
    // What defaulting makes of a spec that is refused is stored nowhere.
    return isRefused(answer)
      ? result.filter(({ field }) => !field.endsWith(': defaulted'))
      : result;
  } catch (error) {
    if (BellowsError.is(error) && error.code === 'ERR_HPA_SPEC' && isRefused(answer)) return [];
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ field: 'error', expected: 'an answer', got: text }];
  }
}

/** Whether the API server refuses a spec of the scenario. */
function isRefused(answer: AnsweredLine): boolean {
  const { hpa, ticks } = answer as {
    readonly hpa: { readonly rejectedByApi?: unknown };
    readonly ticks: readonly { readonly hpa?: { readonly rejectedByApi?: unknown } }[];
  };
  return [{ hpa }, ...ticks].some((part) => part.hpa?.rejectedByApi !== undefined);
}
