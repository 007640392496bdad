// `npm test`: every test this machine can run, then what it could not run and why.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root, runStep } from './prepare.mjs';

prepare();
const { machineHas, unmetRequirements } = await import('../internal/testkit/dist/index.js');
// Building Kubernetes' control plane takes ten minutes the first time: the tests that need none go first meanwhile. Those that
// do wait for it, and say what went wrong if it failed.
if (machineHas('kube')) {
  spawn(process.execPath, [join(root, 'e2e/kube/build.mjs')], { stdio: 'ignore' });
}
const folder = mkdtempSync(join(tmpdir(), 'bellows-results-'));
let passed = 0;
let failed = 0;
for (const project of ['packages', 'e2e']) {
  const counts = runProject(project);
  passed += counts.passed;
  failed += counts.failed;
}
rmSync(folder, { recursive: true });

for (const { name, neededFor, install } of unmetRequirements()) {
  process.stdout.write(`not run here: ${neededFor} (no ${name}; to have it: ${install})\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

/** Runs the tests of one project of vitest.config.ts. */
function runProject(project) {
  const results = join(folder, `${project}.json`);
  const status = runStep(process.execPath, [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--project=${project}`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ]);
  const { numPassedTests = 0, numFailedTests = 0 } = existsSync(results)
    ? JSON.parse(readFileSync(results, 'utf8'))
    : {};
  // A run that broke down outside of a test has failed, too.
  const isBroken = numFailedTests === 0 && status !== 0;
  return { passed: numPassedTests, failed: isBroken ? 1 : numFailedTests };
}
