// Runs the drain and stall tests on each line of Node: `npm run test:node-matrix`. The kit must be built.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const lines = ['node22', 'node24', 'node26'];
const pathOf = (line) => `${folder}node_modules/${line}/bin/node`;

if (!lines.every((line) => existsSync(pathOf(line)))) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', folder], { stdio: 'inherit' });
}

let passed = 0;
let failed = 0;
for (const node of [process.execPath, ...lines.map(pathOf)]) {
  if (!existsSync(node)) {
    console.log(`${node} is not for this system: not run`);
    continue;
  }
  const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const files = ['drain', 'stall'].map((name) => `${folder}test/${name}.test.mjs`);
  const run = spawnSync(node, ['--test', '--test-reporter=tap', ...files], { encoding: 'utf8' });
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(run.stdout)?.[1] ?? 0);
  if (run.status !== 0) console.log(run.stdout, run.stderr);
  console.log(`${version.trim()}: ${count('pass')} passed, ${count('fail')} failed`);
  passed += count('pass');
  // One that broke down before it counted has failed, too.
  failed += Math.max(count('fail'), run.status === 0 ? 0 : 1);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
