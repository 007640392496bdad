import type { LoadAccount } from '@bellows/load';
import type { ScaleEvent } from '@bellows/supervisor';
import { formatCount } from '../text/figures.ts';
import type { Verdict } from './run-report.ts';

/**
 * Judges a run: no request of the load may be lost, and a load that follows a profile must have scaled the
 * service out and in.
 *
 * @param account - Undefined when there was no load: then there is nothing to break.
 * @param followsProfile - False for a constant load, which need not scale anything.
 */
export function judgeRun(
  account: LoadAccount | undefined,
  scaleEvents: readonly ScaleEvent[],
  followsProfile: boolean,
): Verdict {
  const broken: string[] = [];
  if (account !== undefined) {
    const { lost, sent, answered } = account;
    if (lost > 0) broken.push(`${formatCount(lost)} of ${formatCount(sent)} requests were lost`);
    if (answered === 0) broken.push('no request was answered');
  }
  if (account !== undefined && followsProfile) {
    if (!scaleEvents.some(({ from, to }) => to > from)) broken.push('it did not scale out');
    if (!scaleEvents.some(({ from, to }) => to < from)) broken.push('it did not scale in');
  }
  return { kept: broken.length === 0, broken };
}
