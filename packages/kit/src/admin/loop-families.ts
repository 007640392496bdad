import type { MetricFamily } from '@bellows/exposition';
import { PHASES } from '../phase.ts';
import { conditionOf, type LoopCondition, type LoopGroup } from './loop-state.ts';

const CONDITIONS: readonly LoopCondition[] = [...PHASES, 'stuck'];

const HELP = {
  children: 'Children of this cluster by phase; stuck are those whose event loop does not turn.',
  threads: 'Worker threads with a kit by phase; stuck are those whose event loop does not turn.',
} as const;

/** What is said of the other loops of a service: how many there are of each condition; nothing without any. */
export function loopFamilies({ name, loops }: LoopGroup, stallMs: number): MetricFamily[] {
  if (loops.length === 0) return [];
  const metric = `bellows_${name}`;
  const conditions = loops.map((loop) => conditionOf(loop, stallMs));
  const samples = CONDITIONS.map((condition) => ({
    name: metric,
    labels: { condition },
    value: conditions.filter((one) => one === condition).length,
  }));
  return [{ name: metric, type: 'gauge', help: HELP[name], samples }];
}
