import { BellowsError } from '@bellows/core';

/**
 * The error of work that is not taken, or is cut, because the service is leaving.
 * @param message - What was expected, and what came.
 */
export function drainingError(message: string): BellowsError {
  return new BellowsError('ERR_KIT_DRAINING', message, {
    remedy: 'Give the work to another replica.',
  });
}
