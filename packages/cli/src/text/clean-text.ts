import { stripVTControlCharacters } from 'node:util';

// C0 and C1 controls, and the marks that turn text around: what a pod prints must not steer the terminal.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Text as one harmless line: without escape sequences; a tab is four spaces, each run of other control
 * characters one. Only its end is trimmed: an indentation means something.
 */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\t', '    ').replace(CONTROLS, ' ').trimEnd();
}
