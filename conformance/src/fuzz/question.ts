import type { HpaSpec } from '@bellows/hpa';
import type { Scenario, Tick } from '../suites/hpa/scenario.ts';

/** A tick whose outcome is not known yet. */
export interface QuestionTick extends Omit<Tick, 'expect' | 'hpa'> {
  /** A new spec, from this tick on. */
  readonly hpa?: { readonly spec: HpaSpec };
}

/**
 * A scenario in the form of `vectors/hpa/README.md` without what the controller did in it: what the oracle is
 * asked.
 */
export interface Question extends Omit<Scenario, 'ticks' | 'finalMemory' | 'hpa'> {
  readonly seed: number;
  readonly hpa: { readonly namespace: 'shop'; readonly name: 'web'; readonly spec: HpaSpec };
  readonly ticks: readonly QuestionTick[];
}

/** A question with the controller's answers in it: a line of the vectors. */
export type AnsweredLine = Readonly<Record<string, unknown>>;
