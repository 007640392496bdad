/** Whether the bytes at both places are the same, so many of them. */
export function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let offset = 0; offset < length; offset += 1) {
    if (bytes[a + offset] !== bytes[b + offset]) return false;
  }
  return true;
}

/** How many bytes are the same at both places, at most `most`; perhaps a few more are. */
export function commonBytes(view: DataView, a: number, b: number, most: number): number {
  let length = 0;
  while (length <= most - 8) {
    const word = view.getFloat64(a + length, true);
    // Zeros are equal whatever their sign.
    if (word !== view.getFloat64(b + length, true) || word === 0) break;
    length += 8;
  }
  const end = Math.min(most, length + 8);
  while (length < end && view.getUint8(a + length) === view.getUint8(b + length)) length += 1;
  return length;
}
