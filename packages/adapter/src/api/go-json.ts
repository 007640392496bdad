const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * JSON as the API server writes it, with a newline at its end unless it is indented: characters that a browser could take for markup
 * are escaped. Keys stay in their order.
 *
 * @param pretty - Indents by two spaces.
 * @see golang/go go1.26 src/encoding/json/encode.go
 */
export function encodeJson(value: unknown, pretty = false): string {
  const text = JSON.stringify(value, undefined, pretty ? 2 : 0);
  const escaped = text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => ESCAPED[character] ?? character,
  );
  return pretty ? escaped : `${escaped}\n`;
}
