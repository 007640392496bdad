// `npm test`: every test this machine can run, then what it could not run and why.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
const failures = [];
for (const project of ['packages', 'e2e']) {
  const counts = runProject(project);
  passed += counts.passed;
  failed += counts.failed;
  failures.push(...counts.failures);
}
rmSync(folder, { recursive: true });

for (const { name, neededFor, install } of unmetRequirements()) {
  process.stdout.write(`not run here: ${neededFor} (no ${name}; to have it: ${install})\n`);
}
for (const failure of failures) {
  process.stdout.write(`failed: ${failure}\n`);
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
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    testResults = [],
  } = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const failures = testResults.flatMap(failuresOf);
  if (status === 0 || numFailedTests > 0) {
    return { passed: numPassedTests, failed: numFailedTests, failures };
  }
  // A run that broke down outside of a test has failed, too.
  failures.push(`the tests of '${project}' ended with status ${status} outside of a test`);
  return { passed: numPassedTests, failed: 1, failures };
}

/** The failed tests of a file, and the file itself where it broke down before its tests, with the first line of the reason. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (status === 'failed' && failed.length === 0) {
    return [`${file}: ${firstLine(message)}`];
  }
  return failed.map(
    (result) => `${file} > ${result.fullName}: ${firstLine(result.failureMessages[0])}`,
  );
}

/** The first line of a text, '' of none. */
function firstLine(text = '') {
  return text.split('\n', 1)[0];
}
