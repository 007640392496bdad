import { BellowsError } from '@bellows/core';
import { MANIFEST_LIMITS } from '../limits.ts';
import { formatProblem, type Problem } from './problem.ts';

/**
 * All that is wrong in the manifests of one call, at once: `ERR_MANIFEST_INVALID`.
 *
 * `place` and `remedy` are those of the first problem; the message spells every problem out, one a line.
 */
export class ManifestError extends BellowsError {
  /** In the order of files and lines; at least one. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    super('ERR_MANIFEST_INVALID', describe(problems), {
      ...(first && { place: first.place }),
      ...(first?.remedy !== undefined && { remedy: first.remedy }),
    });
    this.problems = problems;
  }
}
Object.defineProperty(ManifestError.prototype, 'name', { value: 'ManifestError' });

function describe(problems: readonly Problem[]): string {
  const shown = problems.slice(0, MANIFEST_LIMITS.maxProblems).map(formatProblem);
  const rest = problems.length - shown.length;
  const heading = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [
    `${heading} in the manifests:`,
    ...shown.map((line) => `  ${line}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}
