import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineHas, temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { createRecordWriter, KEPT_RUNS, openRunRecord } from '../../src/record/run-record.ts';
import { decision, NOON_MS } from '../fixtures/run-view.ts';

const noTrouble = (message: string): void => {
  throw new Error(message);
};

describe('openRunRecord', () => {
  test('writes one decision a line', async () => {
    await using directory = await temporaryDirectory();
    const record = await openRunRecord(directory.path, NOON_MS, noTrouble);
    const decisions = [decision(NOON_MS, 1, 2), decision(NOON_MS + 15_000, 2, 2)];
    for (const one of decisions) record.add(one);
    await record.close();
    const lines = (await readFile(record.file!, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(decisions);
  });

  test('keeps the last runs only', async () => {
    await using directory = await temporaryDirectory();
    for (let run = 0; run < KEPT_RUNS + 3; run += 1) {
      await (await openRunRecord(directory.path, NOON_MS + run * 1000, noTrouble)).close();
    }
    const kept = await readdir(join(directory.path, 'runs'));
    expect(kept).toHaveLength(KEPT_RUNS);
    expect(kept.sort()[0]).toContain(new Date(NOON_MS + 3000).toISOString().replaceAll(':', '-'));
  });

  test('lets the run go on where no record can be made, and says so once', async () => {
    await using directory = await temporaryDirectory();
    const stateDirectory = join(directory.path, 'file');
    await writeFile(stateDirectory, '');
    const troubles: string[] = [];
    const record = await openRunRecord(stateDirectory, NOON_MS, (text) => troubles.push(text));
    record.add(decision(NOON_MS, 1, 2));
    await record.close();
    expect(record.file).toBeUndefined();
    expect(troubles).toEqual([expect.stringContaining('are not kept in')]);
  });
});

describe.runIf(machineHas('linux'))('createRecordWriter', () => {
  test('tells a full disk once', async () => {
    const troubles: string[] = [];
    const handle = await open('/dev/full', 'a');
    const record = createRecordWriter(handle, 'run.ndjson', (text) => troubles.push(text));
    for (let sync = 0; sync < 5; sync += 1) record.add(decision(NOON_MS + sync, 1, 2));
    await record.close();
    await record.close();
    expect(troubles).toEqual([
      'Later decisions of this run are not kept in run.ndjson: the disk is full',
    ]);
  });
});
