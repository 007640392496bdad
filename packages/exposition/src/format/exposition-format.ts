/** How names outside the old alphabet are put: as they are, or turned into it in one of three ways. */
export type EscapingScheme = 'allow-utf-8' | 'underscores' | 'dots' | 'values';

/** A text format with its version: text 1.0.0 is 0.0.4 in which quoted UTF-8 names are promised. */
export type ExpositionVersion =
  'text/0.0.4' | 'text/1.0.0' | 'openmetrics/0.0.1' | 'openmetrics/1.0.0';

/** What a page is read by: the two differ in blanks, values, timestamps, metadata and their end. */
export type ExpositionSyntax = 'text' | 'openmetrics';

/** What a page is written in. */
export interface ExpositionFormat {
  /** Syntax and version. */
  readonly version: ExpositionVersion;
  /** How names outside the old alphabet are put. */
  readonly escaping: EscapingScheme;
}

/** Text 0.0.4 with names as they are, quoted where they are outside the old alphabet. */
export const TEXT_FORMAT: ExpositionFormat = { version: 'text/0.0.4', escaping: 'allow-utf-8' };

const MEDIA_TYPES: Record<ExpositionVersion, string> = {
  'text/0.0.4': 'text/plain; version=0.0.4',
  'text/1.0.0': 'text/plain; version=1.0.0',
  'openmetrics/0.0.1': 'application/openmetrics-text; version=0.0.1',
  'openmetrics/1.0.0': 'application/openmetrics-text; version=1.0.0',
};

/** The `Content-Type` of a page in `format`. */
export function contentTypeOf({ version, escaping }: ExpositionFormat): string {
  return `${MEDIA_TYPES[version]}; charset=utf-8; escaping=${escaping}`;
}

/** By what a page in `version` is read. */
export function syntaxOf(version: ExpositionVersion): ExpositionSyntax {
  return version.startsWith('text') ? 'text' : 'openmetrics';
}
