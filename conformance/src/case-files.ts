import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Suite } from './suite.ts';

const VECTORS = fileURLToPath(new URL('../vectors/', import.meta.url));

/** Paths of the repository's own files for a suite. */
export async function ownCaseFiles(suite: Suite): Promise<string[]> {
  const files = await Promise.all(suite.files.map(expand));
  return files.flat();
}

async function expand(name: string): Promise<string[]> {
  const full = path.join(VECTORS, name);
  if (name.endsWith('.jsonl')) return [full];
  const entries = await readdir(full);
  return entries
    .filter((entry) => entry.endsWith('.jsonl'))
    .sort()
    .map((entry) => path.join(full, entry));
}
