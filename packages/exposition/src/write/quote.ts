import { isLegacyName } from '../format/escape-name.ts';

const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const NEEDS_ESCAPE = /[\\\n"]/;

/** A metric's name, in quotes where it is outside the old alphabet. */
export function quoteName(name: string): string {
  return isLegacyName(name) ? name : `"${escapeText(name, true)}"`;
}

/** A label's name, in quotes where it is outside the old alphabet: that of labels has no colon. */
export function quoteLabelName(name: string): string {
  return LEGACY_LABEL.test(name) ? name : `"${escapeText(name, true)}"`;
}

/** A text with its backslashes and line breaks escaped, and its quotes if asked for. */
export function escapeText(text: string, quotes: boolean): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return quotes ? escaped.replaceAll('"', '\\"') : escaped;
}
