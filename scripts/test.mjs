// `npm test`: every test this machine can run, then what it could not run and why.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root, runStep } from './prepare.mjs';

prepare();
const folder = mkdtempSync(join(tmpdir(), 'bellows-results-'));
const results = join(folder, 'results.json');
const status = runStep(process.execPath, [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : {};
rmSync(folder, { recursive: true });

const { unmetRequirements } = await import('../internal/testkit/dist/index.js');
for (const { name, neededFor, install } of unmetRequirements()) {
  process.stdout.write(`not run here: ${neededFor} (no ${name}; to have it: ${install})\n`);
}
// A run that broke down outside of a test has failed, too.
const failures = failed === 0 && status !== 0 ? 1 : failed;
process.stdout.write(`${passed} passed, ${failures} failed\n`);
process.exit(failures === 0 ? 0 : 1);
