import type { DecisionRecord } from '@bellows/core';
import type { Line } from './line.ts';
import { decisionLine } from './sections.ts';
import { shareRows } from './share-rows.ts';

/**
 * The newest decision in full, then older ones, newest first; where they do not all fit, those that changed
 * something rather than those that did not.
 *
 * @param decisions - Oldest first.
 * @param most - Rows there are.
 */
export function decisionRows(
  decisions: readonly DecisionRecord[],
  columns: number,
  most: number,
): Line[] {
  const [newest, ...older] = decisions.toReversed();
  if (newest === undefined || most < 1) return [];
  const changes = older.filter(isChange);
  // Even a long reason leaves a row to the last change.
  const first = shareRows([decisionLine(newest)], columns, most - Math.min(1, changes.length));
  const byWeight = [...changes, ...older.filter((decision) => !isChange(decision))];
  const shown = new Set(byWeight.slice(0, Math.max(0, most - first.length)));
  return [...first, ...older.filter((decision) => shown.has(decision)).map(decisionLine)];
}

function isChange({ verdict }: DecisionRecord): boolean {
  return verdict === 'up' || verdict === 'down';
}
