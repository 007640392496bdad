import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { readRun } from '../../src/explain/read-run.ts';
import { MAX_RECORD_BYTES } from '../../src/record/run-record.ts';
import { recordedDecisions, writeRun } from '../fixtures/recorded-run.ts';

const decisions = recordedDecisions([[1, '5']]);

describe('readRun', () => {
  test('reads the newest run, or the one that is named', async () => {
    await using folder = await temporaryDirectory();
    const older = await writeRun(folder.path, decisions, '2026-11-21');
    const newer = await writeRun(folder.path, [...decisions, ...decisions], '2026-11-22');
    expect(await readRun(undefined, folder.path)).toMatchObject({ file: newer });
    expect(await readRun(older, folder.path)).toEqual({ file: older, decisions });
  });

  test('reads a run of an earlier version, whose signals have no name and whose reasons no code', async () => {
    await using folder = await temporaryDirectory();
    const file = await writeRun(folder.path, decisions);
    const text = (await readFile(file, 'utf8')).replaceAll(
      /"(name|code|reason)":"(rps|[a-z-]+)",/g,
      '',
    );
    await writeFile(file, text);
    const [read] = (await readRun(file, folder.path)).decisions;
    expect(read).toMatchObject({ v: 1, text: decisions[0]?.text });
    expect(read?.inputs[0]).not.toHaveProperty('name');
    expect(read).not.toHaveProperty('reason');
  });

  test('leaves out a last line that is still being written', async () => {
    await using folder = await temporaryDirectory();
    const file = await writeRun(folder.path, decisions);
    await appendFile(file, '{"v":1,"atMs":');
    expect((await readRun(file, folder.path)).decisions).toEqual(decisions);
  });

  test('says how to make a run where there is none', async () => {
    await using folder = await temporaryDirectory();
    await expect(readRun(undefined, folder.path)).rejects.toMatchObject({
      code: 'ERR_CLI_RUN',
      remedy: expect.stringContaining('bellows up -f k8s/') as string,
    });
    await expect(readRun(join(folder.path, 'no.ndjson'), folder.path)).rejects.toMatchObject({
      code: 'ERR_CLI_RUN',
      message: expect.stringContaining('ENOENT') as string,
    });
  });

  test.each(['{}', 'null', '[1]', 'text', '{"v":2}', '{"v":1,"atMs":1,"steps":[]}'])(
    'names the line that is no decision: %s',
    async (line) => {
      await using folder = await temporaryDirectory();
      const file = await writeRun(folder.path, decisions);
      await appendFile(file, `${line}\n`);
      await expect(readRun(file, folder.path)).rejects.toMatchObject({
        code: 'ERR_CLI_RUN',
        place: { file, line: 2 },
      });
    },
  );

  test('refuses an empty file and one that no run can have made', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'run.ndjson');
    await writeFile(file, '');
    await expect(readRun(file, folder.path)).rejects.toThrow(/got none/);
    await truncate(file, MAX_RECORD_BYTES + 1);
    await expect(readRun(file, folder.path)).rejects.toThrow(/at most/);
  });
});
