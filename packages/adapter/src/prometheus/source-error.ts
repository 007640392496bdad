import { BellowsError } from '@bellows/core';

/**
 * Prometheus could not be asked, or answered something else than what was asked for.
 *
 * @param problem - For the client of the metrics API, too: no address, query or secret.
 * @param cause - What only the operator may read.
 */
export function sourceError(problem: string, remedy: string, cause?: unknown): BellowsError {
  return new BellowsError('ERR_ADAPTER_SOURCE', `Prometheus: ${problem}`, { remedy, cause });
}

/** An error in the operator's words: with the cause that its message leaves out. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  const more = cause instanceof Error && cause.message !== '' ? cause.message : undefined;
  return more === undefined || message.includes(more) ? message : `${message}: ${more}`;
}
