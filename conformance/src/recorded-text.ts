import { createHash } from 'node:crypto';

/** Longest text that the files hold as it is, in bytes. */
const MAX_PLAIN_BYTES = 2000;

/**
 * A text as the files write it: as it is, `{"b64"}` where it was no UTF-8 (our reader keeps such bytes as
 * lone surrogates from U+DC80 on), and `{"len", "sha256"}` of its bytes where it is long.
 */
export function recordedText(value: string): unknown {
  const isBroken = /\p{Surrogate}/u.test(value);
  const bytes = isBroken ? bytesOf(value) : Buffer.from(value);
  if (bytes.length > MAX_PLAIN_BYTES) {
    return { len: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  return isBroken ? { b64: bytes.toString('base64') } : value;
}

function bytesOf(value: string): Buffer {
  const parts = Array.from(value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isByte = code >= 0xdc80 && code <= 0xdcff;
    return isByte ? Buffer.of(code - 0xdc00) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}
