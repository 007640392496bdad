import { BellowsError, type ErrorCode } from '@bellows/core';
import type { ApiStatus } from './api-status.ts';

interface Refusal {
  readonly code: ErrorCode;
  readonly remedy?: string;
}

const REFUSALS: Readonly<Record<number, Refusal>> = {
  401: {
    code: 'ERR_KUBERNETES_UNAUTHORIZED',
    remedy: 'log in to the cluster again, so that the kubeconfig holds credentials that are valid',
  },
  403: {
    code: 'ERR_KUBERNETES_FORBIDDEN',
    remedy: 'have the rights that the message names given to this user',
  },
  404: { code: 'ERR_KUBERNETES_NOT_FOUND' },
};

/** What went wrong, as an error that carries the API server's status as its cause. */
export function apiError(request: string, status: ApiStatus): BellowsError {
  const { code, remedy } = REFUSALS[status.code] ?? { code: 'ERR_KUBERNETES_API' };
  const said = status.message || status.reason || 'without a word';
  return new BellowsError(code, `${request} was answered ${status.code}: ${said}`, {
    cause: status,
    ...(remedy !== undefined && { remedy }),
  });
}

/** The API server could not be reached, or broke off. */
export function unreachable(server: string, cause: unknown): BellowsError {
  return new BellowsError(
    'ERR_KUBERNETES_UNREACHABLE',
    `the API server ${server} cannot be reached: ${describe(cause)}`,
    {
      cause,
      remedy:
        'check that the cluster runs and that the kubeconfig (KUBECONFIG, --kubeconfig, --context) names it',
    },
  );
}

/** An AggregateError of several refused addresses has no message of its own. */
function describe(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') {
    return cause.errors.map(describe).join('; ');
  }
  return cause instanceof Error ? cause.message : String(cause);
}
