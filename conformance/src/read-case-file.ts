import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { BellowsError } from '@bellows/core';

/** Largest file that is read, after unpacking. */
const MAX_BYTES = 256 * 1024 * 1024;

/** One line of a file of recorded answers. */
export interface CaseLine {
  /** From 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads a file of one JSON object a line; gzip is known by its first bytes, whatever the file's name.
 *
 * @throws {@link BellowsError} `ERR_CONFORMANCE_FILE` when it cannot be read, is larger than 256 MiB, or a
 * line is no JSON object.
 */
export async function readCaseFile(file: string): Promise<CaseLine[]> {
  const text = unpack(file, await load(file)).toString('utf8');
  const lines: CaseLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '')
      lines.push({ line: index + 1, value: parseLine(file, index + 1, line) });
  }
  return lines;
}

async function load(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw fileError(file, `Expected a file that can be read, got ${messageOf(cause)}`, cause);
  }
}

function unpack(file: string, bytes: Buffer): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip && file.endsWith('.gz')) {
    throw fileError(file, 'Expected gzip, as the file name says, got something else');
  }
  try {
    const unpacked = isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
    if (unpacked.length <= MAX_BYTES) return unpacked;
  } catch (cause) {
    throw fileError(file, `Expected whole gzip of at most 256 MiB, got ${messageOf(cause)}`, cause);
  }
  throw fileError(file, `Expected at most 256 MiB, got ${bytes.length} bytes`);
}

function parseLine(file: string, line: number, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fileError(file, `Expected a JSON object, got ${messageOf(cause)}`, cause, line);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw fileError(file, `Expected a JSON object, got ${text.slice(0, 80)}`, undefined, line);
}

function fileError(file: string, message: string, cause?: unknown, line?: number): BellowsError {
  return new BellowsError('ERR_CONFORMANCE_FILE', message, {
    place: line === undefined ? { file } : { file, line },
    remedy: 'Give files of one JSON object a line, plain or packed with gzip.',
    cause,
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
