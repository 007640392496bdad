import { Command, InvalidArgumentError } from 'commander';
import type { Benchmark, BenchSettings } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { formatRows } from './result-table.ts';

/** Rounds of a benchmark without defaults of its own, and of the full run of any. */
const FULL_ROUNDS = 10;
/** Exit code when a goal is missed. */
const EXIT_GOAL_MISSED = 1;
/** Exit code when the machine lacks something the benchmark needs. */
const EXIT_CANNOT_RUN = 3;

const program = new Command('bench')
  .description('Benchmarks of Bellows against peers, as ratios within one run')
  .showHelpAfterError();

for (const benchmark of benchmarks) {
  program
    .command(benchmark.name)
    .description(benchmark.summary)
    .option(
      '--steps, --rounds <count>',
      'rounds, each contender once in each',
      parseCount,
      benchmark.defaults?.rounds ?? FULL_ROUNDS,
    )
    .option(
      '--seconds <count>',
      'length of one measurement',
      parseCount,
      benchmark.defaults?.seconds ?? 1,
    )
    .option('--full', `${FULL_ROUNDS} rounds, as goals have them, however long that takes`)
    .action(({ full, ...settings }: BenchSettings & { readonly full?: true }) =>
      runBenchmark(benchmark, full ? { ...settings, rounds: FULL_ROUNDS } : settings),
    );
}

await program.parseAsync();

async function runBenchmark(benchmark: Benchmark, settings: BenchSettings): Promise<void> {
  const obstacle = benchmark.obstacle();
  if (obstacle !== undefined) {
    console.error(`${benchmark.name} ${obstacle}`);
    process.exitCode = EXIT_CANNOT_RUN;
    return;
  }
  const rows = await benchmark.run(settings);
  console.log(formatRows(rows));
  if (rows.some((row) => !row.isMet)) process.exitCode = EXIT_GOAL_MISSED;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1000.');
}
