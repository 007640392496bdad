import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes seconds, the quickest first; all else takes milliseconds. */
const SLOW = [
  'quantity-text.test.ts',
  'int64.test.ts',
  'validate-hpa-spec.test.ts',
  'hpa.vectors.ts',
  'explain-decision.test.ts',
  'decide.test.ts',
];

/** Runs quick tests before slow ones: the first that fails ends the run of a mutant. */
export class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((left, right) => weightOf(left) - weightOf(right)));
  }
}

function weightOf({ moduleId }: TestSpecification): number {
  return SLOW.findIndex((name) => moduleId.endsWith(`/${name}`));
}
