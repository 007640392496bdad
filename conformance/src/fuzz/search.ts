import fc from 'fast-check';
import type { Mismatch } from '../suite.ts';
import { checkAnswer } from './check-answer.ts';
import { question } from './generator/question.ts';
import type { Oracle } from './oracle.ts';
import type { AnsweredLine, Question } from './question.ts';

/** Scenarios between two looks at the clock; each batch has a seed of its own. */
const BATCH = 200;

/** A scenario in which Bellows and the controller disagree, as small as it could be made. */
export interface Finding {
  readonly seed: number;
  /** The scenario with what the controller did; or with nothing, when the oracle could not play it. */
  readonly line: AnsweredLine;
  readonly mismatches: readonly Mismatch[];
}

/** What a search came to. */
export interface SearchResult {
  readonly scenarios: number;
  readonly ticks: number;
  readonly findings: readonly Finding[];
}

/** Options of {@link search}. */
export interface SearchOptions {
  readonly oracle: Oracle;
  /** The first batch's seed; the others follow. */
  readonly seed: number;
  /** How long to search, in milliseconds; the last batch is finished. */
  readonly durationMs: number;
  /** Findings after which the search ends early. */
  readonly maxFindings: number;
  /** Called with each finding as it comes. */
  readonly onFinding: (finding: Finding) => void;
}

/** Searches for disagreement until its time is over. */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const end = performance.now() + options.durationMs;
  const findings: Finding[] = [];
  const asked = { scenarios: 0, ticks: 0 };
  let seed = options.seed;
  while (performance.now() < end && findings.length < options.maxFindings) {
    const found = await searchBatch(options.oracle, seed, asked);
    if (found !== undefined) {
      findings.push(found);
      options.onFinding(found);
    }
    seed += 1;
  }
  return { ...asked, findings };
}

async function searchBatch(
  oracle: Oracle,
  seed: number,
  asked: { scenarios: number; ticks: number },
): Promise<Finding | undefined> {
  let smallest: Omit<Finding, 'seed'> | undefined;
  const property = fc.asyncProperty(question, async (candidate) => {
    asked.scenarios += 1;
    asked.ticks += candidate.ticks.length;
    const finding = await compare(oracle, candidate);
    // While it shrinks, each failure is smaller than the one before.
    if (finding !== undefined) smallest = finding;
    return finding === undefined;
  });
  const { failed } = await fc.check(property, { seed, numRuns: BATCH });
  if (!failed || smallest === undefined) return undefined;
  return { seed, ...smallest };
}

async function compare(
  oracle: Oracle,
  candidate: Question,
): Promise<Omit<Finding, 'seed'> | undefined> {
  try {
    const line = await oracle.ask(candidate);
    const mismatches = checkAnswer(line);
    return mismatches.length === 0 ? undefined : { line, mismatches };
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    const mismatches = [{ field: 'oracle', expected: 'an answer', got }];
    return { line: candidate as unknown as AnsweredLine, mismatches };
  }
}
