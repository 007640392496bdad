import { BellowsError } from '@bellows/core';

/** Prometheus answered, but not with what was asked for. */
export function sourceError(problem: string, remedy: string): BellowsError {
  return new BellowsError('ERR_ADAPTER_SOURCE', `Prometheus: ${problem}`, { remedy });
}
