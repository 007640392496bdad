import { BellowsError, type ErrorCode } from '@bellows/core';
import { refusals } from '../api/refusals.ts';
import type { Status } from '../api/status.ts';
import { Refusal } from './refusal.ts';

/** For programs: which kind of failure kept a metric from being read. */
const CAUSES: Readonly<Partial<Record<ErrorCode, string>>> = {
  ERR_ADAPTER_SOURCE: 'SourceFailed',
  ERR_ADAPTER_RESULT: 'UnusableResult',
  ERR_ADAPTER_TEMPLATE: 'RuleFailed',
  ERR_ADAPTER_RULE: 'RuleFailed',
};
/** What the client asked for cannot be asked. */
const BAD_REQUESTS: readonly ErrorCode[] = ['ERR_CORE_SELECTOR', 'ERR_ADAPTER_QUERY'];

/** What a client is told of an error. Of one that is no {@link BellowsError} of a source it is told nothing, since it may hold anything. */
export function errorStatus(error: unknown): Status {
  if (error instanceof Refusal) return error.status;
  if (!BellowsError.is(error)) return refusals.internal('unexpected error');
  if (BAD_REQUESTS.includes(error.code)) return refusals.badRequest(error.message);
  const reason = CAUSES[error.code];
  if (reason === undefined) return refusals.internal('unexpected error');
  const { message } = error;
  return { ...refusals.internal(message), details: { causes: [{ reason, message }] } };
}

/** Whether the error is a mistake of ours, which the log is to show. */
export function isUnexpected(error: unknown): boolean {
  if (error instanceof Refusal) return false;
  if (!BellowsError.is(error)) return true;
  return !BAD_REQUESTS.includes(error.code) && CAUSES[error.code] === undefined;
}
