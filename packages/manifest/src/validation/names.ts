export { dns1123LabelProblems, dns1123SubdomainProblems } from '@bellows/core';

/**
 * The API server's rules for names. Each function returns what is wrong with a value, in the server's
 * words; nothing for a valid one.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/validation.go
 */
type NameRule = (value: string) => readonly string[];

const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const PERCENT = '[0-9]+%';
const HEADER = '[-A-Za-z0-9]+';

/** The patterns take quadratic time; what is longer than any name is judged by its beginning. */
const MAX_MATCHED_LENGTH = 1_000;

function matches(pattern: string, value: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(value.slice(0, MAX_MATCHED_LENGTH));
}

function regexDetail(words: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${words} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

function tooLong(value: string, max: number): readonly string[] {
  return Buffer.byteLength(value) > max ? [`must be no more than ${max} characters`] : [];
}

/** A port's name (IANA_SVC_NAME): at most 15 of `a-z0-9-`, with a letter. */
export const portNameProblems: NameRule = (value) => [
  ...tooLong(value, 15),
  ...(/^[-a-z0-9]+$/.test(value)
    ? []
    : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(value) ? [] : ['must contain at least one letter (a-z)']),
  ...(value.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(value) ? ['must not begin or end with a hyphen'] : []),
];

/** An environment variable's name, by the relaxed rule that is the default since 1.32. */
export const environmentNameProblems: NameRule = (value) => {
  if (value === '') return ['environment variable name must be non-empty'];
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(value)
    ? []
    : [
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ];
};

/** A key of a ConfigMap or Secret. */
export const configKeyProblems: NameRule = (value) => {
  const words = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  return [
    ...tooLong(value, 253),
    ...(matches(CONFIG_KEY, value)
      ? []
      : [regexDetail(words, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name')]),
    ...(value === '.'
      ? ["must not be '.'"]
      : value === '..'
        ? ["must not be '..'"]
        : value.startsWith('..')
          ? ["must not start with '..'"]
          : []),
  ];
};

/** A percentage such as `25%`. */
export const percentProblems: NameRule = (value) =>
  matches(PERCENT, value)
    ? []
    : [
        regexDetail(
          "a valid percent string must be a numeric string followed by an ending '%'",
          PERCENT,
          '1%',
          '93%',
        ),
      ];

/** The name of an HTTP header. */
export const headerNameProblems: NameRule = (value) =>
  matches(HEADER, value)
    ? []
    : [
        regexDetail(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          HEADER,
          'X-Header-Name',
        ),
      ];

/** A port's number, from 1 to 65535. */
export function portNumberProblems(value: number): readonly string[] {
  return value >= 1 && value <= 65_535 ? [] : ['must be between 1 and 65535, inclusive'];
}
