import { BellowsError, formatPlace } from '@bellows/core';
import { readCaseFile, type CaseLine } from './read-case-file.ts';
import type { CheckLine, CheckResult, Suite } from './suite.ts';

/** How many cases agreed and how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs a suite over files and prints each mismatch with file, line and input.
 *
 * @throws {@link BellowsError} `ERR_CONFORMANCE_FILE` when a file cannot be read, is not of the suite's form
 * or holds no case.
 */
export async function runSuite(
  suite: Suite,
  files: readonly string[],
  print: (line: string) => void,
): Promise<Tally> {
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    const tally = runFile(suite, file, await readCaseFile(file), print);
    passed += tally.passed;
    failed += tally.failed;
  }
  return { passed, failed };
}

function runFile(
  suite: Suite,
  file: string,
  lines: readonly CaseLine[],
  print: (line: string) => void,
): Tally {
  const check = suite.open(file);
  let passed = 0;
  let failed = 0;
  for (const { line, value } of lines) {
    const result = checkLine(check, value, { file, line });
    if (result === 'no case') continue;
    if (result.length === 0) {
      passed += 1;
      continue;
    }
    failed += 1;
    print(`${suite.name} ${formatPlace({ file, line })} ${JSON.stringify(value).slice(0, 200)}`);
    for (const { field, expected, got } of result) {
      print(`  ${field}: expected ${expected}, got ${got}`);
    }
  }
  if (passed + failed > 0) return { passed, failed };
  throw new BellowsError('ERR_CONFORMANCE_FILE', 'Expected at least one case, got none', {
    place: { file },
    remedy: `Give a file of the form that conformance/vectors holds for ${suite.name}.`,
  });
}

function checkLine(
  check: CheckLine,
  value: CaseLine['value'],
  place: { readonly file: string; readonly line: number },
): CheckResult {
  try {
    return check(value);
  } catch (error) {
    if (BellowsError.is(error) && error.code === 'ERR_CONFORMANCE_FILE') {
      const { message, remedy } = error;
      throw new BellowsError('ERR_CONFORMANCE_FILE', message, {
        place,
        cause: error,
        ...(remedy === undefined ? {} : { remedy }),
      });
    }
    return [{ field: 'error', expected: 'an answer', got: String(error) }];
  }
}
