import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BellowsError, type DecisionRecord } from '@bellows/core';
import { MAX_RECORD_BYTES } from '../record/run-record.ts';

/** A run's decisions, as its file holds them. */
export interface RecordedRun {
  readonly file: string;
  /** In the order they were taken. Not empty. */
  readonly decisions: readonly DecisionRecord[];
}

/**
 * Reads a run's decisions.
 *
 * @param file - Undefined for the newest run below `stateDirectory`.
 * @throws BellowsError `ERR_CLI_RUN`, as rejection, if there is none, or it cannot be read.
 */
export async function readRun(
  file: string | undefined,
  stateDirectory: string,
): Promise<RecordedRun> {
  const chosen = file ?? (await newestRun(stateDirectory));
  const decisions = parseRun(await readText(chosen), chosen);
  if (decisions.length > 0) return { file: chosen, decisions };
  throw runError(
    `Expected decisions in ${chosen}, got none`,
    'Wait for the HPA’s first sync (15 s), or give another run with --run FILE',
  );
}

/** The file of the newest run below a state directory; undefined without one. */
export async function findNewestRun(stateDirectory: string): Promise<string | undefined> {
  const directory = join(stateDirectory, 'runs');
  const names = await readdir(directory).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .at(-1);
  return newest === undefined ? undefined : join(directory, newest);
}

async function newestRun(stateDirectory: string): Promise<string> {
  const newest = await findNewestRun(stateDirectory);
  if (newest !== undefined) return newest;
  throw runError(
    `Expected a recorded run in ${join(stateDirectory, 'runs')}, got none, nor a kubeconfig`,
    'Make one here: bellows up -f k8s/   or name a file: --run FILE   or a cluster: --kubeconfig FILE',
  );
}

async function readText(file: string): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    if (size <= MAX_RECORD_BYTES) return await handle.readFile('utf8');
    throw runError(
      `Expected ${file} to have at most ${MAX_RECORD_BYTES} bytes, it has ${size}`,
      'Give a file that bellows up has written',
    );
  } catch (error) {
    if (BellowsError.is(error)) throw error;
    const { message } = error as Error;
    throw runError(`Expected a run in ${file}, it cannot be read: ${message}`, 'Check --run FILE');
  }
}

/** A run that goes on may have its last line half written. */
function parseRun(text: string, file: string): DecisionRecord[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, index) => {
    const record = parseRecord(line);
    if (record !== undefined) return record;
    throw new BellowsError('ERR_CLI_RUN', 'Expected a decision record, got something else', {
      place: { file, line: index + 1 },
      remedy: 'Give a file that bellows up has written',
    });
  });
}

function parseRecord(line: string): DecisionRecord | undefined {
  let record: Partial<DecisionRecord> | null;
  try {
    record = JSON.parse(line) as Partial<DecisionRecord> | null;
  } catch {
    return undefined;
  }
  const isRecord =
    record?.v === 1 &&
    Number.isFinite(record.atMs) &&
    typeof record.autoscaler?.name === 'string' &&
    typeof record.text === 'string' &&
    typeof record.replicas === 'object' &&
    [record.steps, record.inputs, record.conditions].every((list) => Array.isArray(list));
  return isRecord ? (record as DecisionRecord) : undefined;
}

/** Makes the error for a run that is not there or does not hold what is asked for. */
export function runError(message: string, remedy: string): BellowsError {
  return new BellowsError('ERR_CLI_RUN', message, { remedy });
}
