import type { ErrorCode } from './error-code.ts';

const BRAND = Symbol.for('bellows.error');

/** Where a problem is: a file's line and column, an object's field, or both. */
export interface Place {
  /** File name as the user gave it; `-` is standard input. */
  readonly file?: string;
  /** Line, counted from 1. */
  readonly line?: number;
  /** Column, counted from 1. */
  readonly column?: number;
  /** Path of the field, such as `spec.metrics[0].pods.target.averageValue`. */
  readonly field?: string;
}

/** What {@link BellowsError} is made from besides its code and message. */
export interface BellowsErrorOptions {
  /** Where the problem is. */
  readonly place?: Place;
  /** What the user can do about it: an imperative sentence. */
  readonly remedy?: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The one error type that leaves a Bellows package: what was expected and what came (`message`),
 * where (`place`) and how to mend it (`remedy`).
 */
export class BellowsError extends Error {
  /** Stable code, one of `ERROR_CODES`. */
  readonly code: ErrorCode;
  /** Where the problem is, if it has a place. */
  readonly place: Place | undefined;
  /** How to mend it, if there is one obvious way. */
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, options: BellowsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
    this.remedy = options.remedy;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether `value` is a Bellows error, also one of another installed copy of this package. */
  static is(value: unknown): value is BellowsError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
Object.defineProperty(BellowsError.prototype, 'name', { value: 'BellowsError' });

/**
 * Formats a place as `file:line:column field`, leaving out what is unknown; empty for an empty place. The file
 * `-` is `standard input`.
 */
export function formatPlace(place: Place): string {
  const file = place.file === '-' ? 'standard input' : place.file;
  const position = [file, place.line, place.column].filter((part) => part !== undefined);
  return [position.join(':'), place.field]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
