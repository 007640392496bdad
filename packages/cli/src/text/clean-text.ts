import { stripVTControlCharacters } from 'node:util';

// C0 and C1 controls, and the marks that turn text around: what a pod prints must not steer the terminal.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Text as one harmless line: without escape sequences; each run of control characters is one space. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROLS, ' ').trim();
}
