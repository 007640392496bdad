/** The part of the platform's decoder used here; every runtime of Bellows has it. */
declare const TextDecoder: new (
  label: 'utf-8',
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Short stretches are put together here: calling the platform's decoder costs more. */
const MAX_SHORT_BYTES = 24;

/**
 * Turns a page into text. A byte that is no UTF-8 becomes a lone surrogate (U+DC80 and up): the reader
 * refuses those where the format wants UTF-8 and no byte is lost where it does not.
 */
export function decodePage(page: Uint8Array): string {
  if (page.length <= MAX_SHORT_BYTES && isAscii(page)) return String.fromCharCode(...page);
  try {
    return decodeStretch(page);
  } catch {
    return decodeBroken(page);
  }
}

/** @throws TypeError where the bytes are no UTF-8. */
function decodeStretch(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Whether the bytes from `start` up to `end` are UTF-8. */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return at === end;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte >= 0x80) return false;
  }
  return true;
}

/** Decodes the valid stretches at once and the bytes between them one by one. */
function decodeBroken(page: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  while (at < page.length) {
    const length = sequenceLength(page, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(
      decodeStretch(page.subarray(start, at)),
      String.fromCharCode(0xdc00 + (page[at] ?? 0)),
    );
    at += 1;
    start = at;
  }
  parts.push(decodeStretch(page.subarray(start)));
  return parts.join('');
}

function continuation(page: Uint8Array, at: number): number | undefined {
  const byte = page[at];
  return byte !== undefined && byte >= 0x80 && byte < 0xc0 ? byte & 0x3f : undefined;
}

/** Length of the valid UTF-8 sequence at `at`; 0 if there is none. */
function sequenceLength(page: Uint8Array, at: number): number {
  const first = page[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let offset = 1; offset < length; offset += 1) {
    if (continuation(page, at + offset) === undefined) return 0;
  }
  if (length < 3) return length;
  // Overlong forms, surrogates and code points above U+10FFFF are no UTF-8.
  const code = codePoint(page, at, length);
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  const isOverlong = code < (length === 3 ? 0x800 : 0x1_0000);
  return isSurrogate || isOverlong || code > 0x10_ffff ? 0 : length;
}

function codePoint(page: Uint8Array, at: number, length: number): number {
  const first = page[at] ?? 0;
  let code = length === 1 ? first : first & (0xff >> (length + 1));
  for (let offset = 1; offset < length; offset += 1) {
    code = code * 64 + (continuation(page, at + offset) ?? 0);
  }
  return code;
}
