/** Parts of a stack trace that say where, not what; and what Node prints last of all. */
const ASIDES = [/^\s+at /, /^Node\.js v\d/, /^[\s{}[\]()^~]*$/];

/** `Error: boom`, `TypeError [ERR_X]: …`, `AssertionError: …`: the line of a stack trace that says what happened. */
const ERROR_LINE = /^(Uncaught )?[\w.]*(Error|Exception)\b[^:]*:/;

/**
 * The line of a program's last output that tells best why it ended: that of its last error, else its last line.
 *
 * @param output - Lines, oldest first.
 * @returns Trimmed; empty when nothing was written.
 */
export function tellingLine(output: string): string {
  const lines = output.split('\n').filter((line) => !ASIDES.some((aside) => aside.test(line)));
  const line = lines.findLast((candidate) => ERROR_LINE.test(candidate)) ?? lines.at(-1) ?? '';
  return line.trim();
}
