/** What a byte may be part of; a byte has several bits. */
export const BYTE = {
  /** First of a metric's name. */
  nameStart: 1,
  /** In a metric's name. */
  name: 2,
  /** First of a label's name. */
  labelStart: 4,
  /** In a label's name. */
  label: 8,
} as const;

/** {@link BYTE} of each byte. */
export const BYTE_CLASS: Uint8Array = createTable();

function createTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 128; byte += 1) {
    const character = String.fromCharCode(byte);
    if (/[a-zA-Z_]/.test(character)) table[byte] = 15;
    else if (character === ':') table[byte] = BYTE.nameStart | BYTE.name;
    else if (/[0-9]/.test(character)) table[byte] = BYTE.name | BYTE.label;
  }
  return table;
}
