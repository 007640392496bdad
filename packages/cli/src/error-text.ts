import { BellowsError, formatPlace, type ErrorCode } from '@bellows/core';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';

/** Codes that say that arguments or manifests cannot be used. */
const USAGE_CODES: readonly ErrorCode[] = [
  'ERR_CLI_USAGE',
  'ERR_CLI_REPORT',
  'ERR_CLI_WRITE',
  'ERR_CLI_RUN',
  'ERR_MANIFEST_READ',
  'ERR_MANIFEST_INVALID',
  'ERR_MANIFEST_ANNOTATION',
  'ERR_HPA_SPEC',
  'ERR_LOAD_PROFILE',
  'ERR_LOAD_REQUEST',
  'ERR_SUPERVISOR_OBJECTS',
  'ERR_ADAPTER_CONFIG',
  'ERR_ADAPTER_RULE',
  'ERR_ADAPTER_QUERY',
];

/** The exit code of an error that ended `bellows`. */
export function exitCodeOf(error: unknown): ExitCode {
  return BellowsError.is(error) && USAGE_CODES.includes(error.code)
    ? EXIT_CODE.usage
    : EXIT_CODE.failed;
}

/**
 * An error for people: place, message, remedy and code. What is not a Bellows error is a fault of Bellows
 * and comes with its stack.
 */
export function formatError(error: unknown): string {
  if (!BellowsError.is(error)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `bellows: this should not have happened; please report it with the lines below\n${stack}`;
  }
  const { code, message, remedy, place } = error;
  // Several problems are spelled out in the message, each with its own place and remedy.
  if (message.includes('\n')) return `bellows: ${message}\n(${code})`;
  const where = place === undefined ? '' : formatPlace(place);
  return [
    `bellows: ${where === '' ? '' : `${where}: `}${message} (${code})`,
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ].join('\n');
}
