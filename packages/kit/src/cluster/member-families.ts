import type { MetricFamily } from '@bellows/exposition';
import { PHASES } from '../phase.ts';
import { conditionOf, type MemberCondition, type MemberState } from './member-state.ts';

const CONDITIONS: readonly MemberCondition[] = [...PHASES, 'stuck'];

/** What a primary says of its children: how many there are of each condition; nothing without any. */
export function memberFamilies(members: readonly MemberState[], stallMs: number): MetricFamily[] {
  if (members.length === 0) return [];
  const name = 'bellows_children';
  const conditions = members.map((member) => conditionOf(member, stallMs));
  const samples = CONDITIONS.map((condition) => ({
    name,
    labels: { condition },
    value: conditions.filter((one) => one === condition).length,
  }));
  const help = 'Children of this cluster by phase; stuck are those whose event loop does not turn.';
  return [{ name, type: 'gauge', help, samples }];
}
