// `npm run e2e -- --suite NAME --repeat N`: suites of end-to-end tests, again and again, each time with all they need made anew.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chooseSuites, findSuites } from './suites.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = fileURLToPath(new URL('../test', import.meta.url));
const USAGE = `usage: npm run e2e -- [--suite NAME]… [--repeat N] [--full]

  --suite NAME  one of: ${findSuites(TESTS)
    .map(({ name }) => name)
    .join(', ')} (default: all)
  --repeat N    how many times (default: 1); ends with 1 when any of them has failed
  --full        whole-way with 100,000 requests and more, which takes a quarter of an hour
`;

function runOnce(paths: readonly string[], isFull: boolean): boolean {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const args = [vitest, 'run', '--project=e2e', ...paths];
  const env = { ...process.env, ...(isFull && { BELLOWS_E2E_FULL: '1' }) };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }).status === 0;
}

function run(): number {
  const { values } = parseArgs({
    options: {
      suite: { type: 'string', multiple: true, default: [] },
      repeat: { type: 'string', default: '1' },
      full: { type: 'boolean', default: false },
    },
  });
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1) {
    throw new Error(`expected --repeat to be a whole number from 1 on, got ${values.repeat}`);
  }
  const suites = chooseSuites(findSuites(TESTS), values.suite);
  const failed: number[] = [];
  for (let turn = 1; turn <= repeat; turn++) {
    process.stdout.write(
      `run ${turn} of ${repeat}: ${suites.map(({ name }) => name).join(', ')}\n`,
    );
    if (
      !runOnce(
        suites.map(({ path }) => path),
        values.full,
      )
    )
      failed.push(turn);
  }
  const which = failed.length === 0 ? '' : ` (${failed.join(', ')})`;
  process.stdout.write(`${repeat - failed.length} runs passed, ${failed.length} failed${which}\n`);
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
}
