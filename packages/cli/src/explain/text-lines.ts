import { cleanText } from '../text/clean-text.ts';

const INDENT = '  ';
const NAME_WIDTH = 14;

/** A line with its name in front. */
export function named(name: string, text: string): string {
  return `${INDENT}${name.padEnd(NAME_WIDTH)} ${text}`;
}

/** Lines as one text that cannot steer the terminal: names and errors come from files. */
export function joinLines(lines: readonly string[]): string {
  return lines.map(cleanText).join('\n');
}
