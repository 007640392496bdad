import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecisionRecord } from '@bellows/core';

/** Runs whose records are kept, the current one included. */
export const KEPT_RUNS = 10;

/**
 * Size at which a record stops growing, in bytes. A decision with all it was made from takes 7 kB with 10 pods and
 * 21 kB with 50: at one each 15 s, 38 and 13 hours.
 */
export const MAX_RECORD_BYTES: number = 64 * 1024 * 1024;

/** The record of a run: one decision a line. */
export interface RunRecord {
  /** Its file; undefined when none could be made. */
  readonly file: string | undefined;
  /** Adds a decision. Never throws: a run does not end because its record cannot be kept. */
  add(record: DecisionRecord): void;
  /** Resolves when all is written and the file is closed. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the record of a run that starts now, `<stateDirectory>/runs/<start>.ndjson`, and removes the oldest
 * ones beyond {@link KEPT_RUNS}.
 *
 * @param startedAtMs - Milliseconds since the epoch; gives the file its name.
 * @param onTrouble - Called once at most, when the record cannot be made or continued (a full disk).
 */
export async function openRunRecord(
  stateDirectory: string,
  startedAtMs: number,
  onTrouble: (message: string) => void,
): Promise<RunRecord> {
  const directory = join(stateDirectory, 'runs');
  const file = join(directory, `${fileNameOf(startedAtMs)}.ndjson`);
  try {
    await mkdir(directory, { recursive: true });
    await removeOldest(directory, KEPT_RUNS - 1);
    return createRecordWriter(await open(file, 'wx'), file, onTrouble);
  } catch (error) {
    onTrouble(`The decisions of this run are not kept in ${file}: ${reasonOf(error)}`);
    return { file: undefined, add: () => undefined, close: () => Promise.resolve() };
  }
}

/** Writes decisions to an open file, one after the other, until it fails once or is full. */
export function createRecordWriter(
  handle: FileHandle,
  file: string,
  onTrouble: (message: string) => void,
): RunRecord {
  let bytes = 0;
  let isBroken = false;
  let writes = Promise.resolve();
  let closed: Promise<void> | undefined;
  const fail = (reason: string): void => {
    if (!isBroken) onTrouble(`Later decisions of this run are not kept in ${file}: ${reason}`);
    isBroken = true;
  };
  return {
    file,
    add(record) {
      const line = `${JSON.stringify(record)}\n`;
      bytes += Buffer.byteLength(line);
      if (closed !== undefined || isBroken) return;
      if (bytes > MAX_RECORD_BYTES) {
        fail(`it has reached ${MAX_RECORD_BYTES} bytes`);
        return;
      }
      writes = writes.then(async () => {
        if (!isBroken) await handle.appendFile(line);
      });
      writes = writes.catch((error: unknown) => {
        fail(reasonOf(error));
      });
    },
    close() {
      closed ??= writes.then(() => handle.close()).catch(() => undefined);
      return closed;
    },
  };
}

/** ISO time without the colons, which some file systems refuse. */
function fileNameOf(startedAtMs: number): string {
  return new Date(startedAtMs).toISOString().replaceAll(':', '-');
}

async function removeOldest(directory: string, kept: number): Promise<void> {
  const records = (await readdir(directory)).filter((name) => name.endsWith('.ndjson')).sort();
  for (const name of records.slice(0, Math.max(0, records.length - kept))) {
    await rm(join(directory, name), { force: true });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' ? 'the disk is full' : message;
}
