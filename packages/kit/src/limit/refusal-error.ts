import { BellowsError } from '@bellows/core';
import { drainingError } from '../drain/draining-error.ts';
import type { Refusal } from './gate.ts';

/** What the message tells of the bounds that were met. */
export interface RefusalBounds {
  readonly name: string;
  readonly maxLength: number;
  readonly maxWaitSeconds: number;
}

const REMEDY = 'Answer 503 and let more replicas or a higher concurrency work it off.';

/** The error of work that was not begun. */
export function refusalError(
  { name, maxLength, maxWaitSeconds }: RefusalBounds,
  reason: Refusal,
): BellowsError {
  switch (reason) {
    case 'full':
      return new BellowsError(
        'ERR_KIT_QUEUE_FULL',
        `Expected room in ${name}, got: ${maxLength} wait already`,
        { remedy: REMEDY },
      );
    case 'timed_out':
      return new BellowsError(
        'ERR_KIT_QUEUE_TIMEOUT',
        `Expected work in ${name} to begin within ${maxWaitSeconds} s; it did not`,
        { remedy: REMEDY },
      );
    case 'deadline':
    case 'cancelled':
      return new BellowsError(
        'ERR_KIT_DEADLINE',
        `Expected work in ${name} to end before its caller's time was over; it had not even begun`,
        { remedy: REMEDY },
      );
    case 'draining':
      return drainingError(`Expected ${name} to be open, got: the service is shutting down`);
  }
}
