import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { openReportFile } from '../../src/report/report-file.ts';
import { runReport } from '../fixtures/run-report.ts';

test('replaces an older report only when the new one is there', async () => {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'run.json');
  await writeFile(file, 'old');
  const reportFile = await openReportFile(file);
  expect(await readFile(file, 'utf8')).toBe('old');
  await reportFile.write(runReport());
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(runReport());
});

test('refuses a path that cannot be written to before anything runs', async () => {
  await using directory = await temporaryDirectory();
  const folder = join(directory.path, 'folder');
  await mkdir(folder);
  for (const file of [folder, join(directory.path, 'missing', 'run.json')]) {
    await expect(openReportFile(file)).rejects.toMatchObject({
      code: 'ERR_CLI_REPORT',
      place: { file },
    });
  }
});
