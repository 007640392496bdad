import type { EscapingScheme } from './exposition-format.ts';

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Whether a name is in the old alphabet, which every reader knows. */
export function isLegacyName(name: string): boolean {
  return LEGACY_NAME.test(name);
}

/**
 * A name in the old alphabet; one that is in it already stays as it is.
 *
 * - `underscores`: every other character becomes `_`.
 * - `dots`: `.` becomes `_dot_`, `_` and every other character `__`.
 * - `values`: `U__` first, `_` becomes `__`, every other character its code point in hexadecimal between `_`.
 *
 * @see prometheus/common v0.73.1 model/metric.go EscapeName
 */
export function escapeName(name: string, scheme: EscapingScheme): string {
  if (scheme === 'allow-utf-8' || name === '' || LEGACY_NAME.test(name)) return name;
  // By code points.
  const characters = Array.from(name, (character, index) => {
    const isLegacy = /[a-zA-Z_:]/.test(character) || (index > 0 && /[0-9]/.test(character));
    return ESCAPES[scheme](character, isLegacy);
  });
  return (scheme === 'values' ? 'U__' : '') + characters.join('');
}

const ESCAPES: Record<
  Exclude<EscapingScheme, 'allow-utf-8'>,
  (character: string, isLegacy: boolean) => string
> = {
  underscores: (character, isLegacy) => (isLegacy ? character : '_'),
  dots: (character, isLegacy) => {
    if (character === '.') return '_dot_';
    return isLegacy && character !== '_' ? character : '__';
  },
  values: (character, isLegacy) => {
    if (character === '_') return '__';
    return isLegacy ? character : `_${(character.codePointAt(0) ?? 0).toString(16)}_`;
  },
};
