import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BellowsError } from '@bellows/core';
import { MANIFEST_LIMITS } from './limits.ts';
import { checkManifests } from './check-manifests.ts';
import type { ManifestSet } from './parse-manifests.ts';
import type { ManifestSource } from './yaml/source-text.ts';

/** Options of {@link readManifests}. */
export interface ReadManifestsOptions {
  /** What the path `-` reads, as `process.stdin`. Absent: `-` is an error. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** Whether folders inside a folder are read too, as `kubectl apply -R`. @defaultValue false */
  readonly recursive?: boolean;
}

const EXTENSION = /\.(?:ya?ml|json)$/;

/**
 * Reads manifests as `kubectl apply -f` does: files, the `.yaml`, `.yml` and `.json` files of folders in the
 * order of their names, and `-` for standard input. What the objects say about each other is looked at as
 * well, as by `checkReferences`; its warnings are among the set's.
 *
 * @throws BellowsError `ERR_MANIFEST_READ` when a path cannot be read, is too large or names no
 *   manifest.
 * @throws {@link ManifestError} `ERR_MANIFEST_INVALID` with every problem of every file and between its objects.
 */
export async function readManifests(
  paths: readonly string[],
  options: ReadManifestsOptions = {},
): Promise<ManifestSet> {
  const files: string[] = [];
  for (const path of paths) files.push(...(path === '-' ? ['-'] : await filesOf(path, options)));
  const { maxFiles, maxTotalBytes } = MANIFEST_LIMITS;
  if (files.length > maxFiles) {
    throw unreadable('', `Expected at most ${maxFiles} files, got ${files.length}`);
  }
  const sources: ManifestSource[] = [];
  let totalBytes = 0;
  for (const file of new Set(files)) {
    const text = file === '-' ? await readStream(options.stdin) : await readText(file);
    totalBytes += Buffer.byteLength(text);
    if (totalBytes > maxTotalBytes) {
      throw unreadable(file, `Expected at most ${maxTotalBytes} bytes in all files together`);
    }
    sources.push({ file, text });
  }
  return checkManifests(sources);
}

async function filesOf(path: string, options: ReadManifestsOptions): Promise<readonly string[]> {
  const status = await stat(path).catch((error: unknown) => {
    throw unreadable(path, `Cannot read ${path}: ${reasonOf(error)}`, error);
  });
  if (!status.isDirectory()) return [path];
  const files = await filesOfFolder(path, options.recursive === true, 0);
  if (files.length > 0) return files;
  throw unreadable(path, `The folder ${path} holds no .yaml, .yml or .json file`);
}

async function filesOfFolder(
  folder: string,
  recursive: boolean,
  depth: number,
): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, `Cannot read ${folder}: ${reasonOf(error)}`, error);
  });
  const files: string[] = [];
  const byName = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of byName) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if (isFolder && recursive && depth < MANIFEST_LIMITS.maxDepth) {
      files.push(...(await filesOfFolder(path, recursive, depth + 1)));
    } else if (!isFolder && EXTENSION.test(entry.name)) files.push(path);
    if (files.length > MANIFEST_LIMITS.maxFiles) break;
  }
  return files;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MANIFEST_LIMITS.maxFileBytes) throw tooLarge(file);
    return decode(await readFile(file), file);
  } catch (error) {
    if (BellowsError.is(error)) throw error;
    throw unreadable(file, `Cannot read ${file}: ${reasonOf(error)}`, error);
  }
}

async function readStream(stdin: ReadManifestsOptions['stdin']): Promise<string> {
  if (stdin === undefined) throw unreadable('-', 'Standard input cannot be read here');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    const data = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    bytes += data.byteLength;
    if (bytes > MANIFEST_LIMITS.maxFileBytes) throw tooLarge('-');
    chunks.push(data);
  }
  return decode(Buffer.concat(chunks), '-');
}

function decode(data: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch (error) {
    throw unreadable(file, `Expected UTF-8 text in ${file}, got other bytes`, error);
  }
}

function tooLarge(file: string): BellowsError {
  return unreadable(file, `Expected at most ${MANIFEST_LIMITS.maxFileBytes} bytes in ${file}`);
}

function unreadable(file: string, message: string, cause?: unknown): BellowsError {
  return new BellowsError('ERR_MANIFEST_READ', message, {
    place: { file },
    remedy: 'Name files, folders of .yaml, .yml or .json files, or - for standard input.',
    cause,
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
