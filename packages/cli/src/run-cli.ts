import { Command, CommanderError } from 'commander';
import { adapterArguments } from './adapter/adapter-arguments.ts';
import { createAdapterCommand } from './adapter/adapter-command.ts';
import { serveAdapter } from './adapter/serve-adapter.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { exitCodeOf, formatError } from './error-text.ts';
import { flush } from './output/flush.ts';
import { explain } from './explain/explain.ts';
import { createExplainCommand } from './explain/explain-command.ts';
import { createUpCommand } from './up/up-command.ts';
import { up } from './up/up.ts';
import { versionText } from './version.ts';

/**
 * Runs `bellows` with its arguments and prints what there is to say.
 *
 * @param args - Without `node` and the script's name.
 * @returns The exit code, when nothing is left running and all that was printed has been read. Never rejects.
 */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const reader = { hasGone: false };
  // `bellows help | head`: a reader that has read enough is no fault to report.
  const onOutputError = (): void => {
    reader.hasGone = true;
  };
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', onOutputError);
  const exitCode = await runCommand(args);
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  return exitCode === EXIT_CODE.ok && reader.hasGone ? EXIT_CODE.brokenPipe : exitCode;
}

async function runCommand(words: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODE.ok;
  const { own, command } = splitArguments(words);
  const program = new Command('bellows')
    .description(
      'Runs your Kubernetes manifests on this machine and scales them as Kubernetes would.',
    )
    .version(versionText(), '-V, --version')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, 'bellows: '));
      },
    })
    .configureHelp({ showGlobalOptions: false });
  const upCommand = createUpCommand(command, async (options) => {
    exitCode = await up(options);
  }).copyInheritedSettings(program);
  program.addCommand(upCommand);
  const explainCommand = createExplainCommand(async (options) => {
    process.stdout.write(`${await explain(options)}\n`);
  }).copyInheritedSettings(program);
  program.addCommand(explainCommand);
  const adapterCommand = createAdapterCommand(program, {
    serve: (flags) => serveAdapter(flags, (code) => process.exit(code)),
    print: (text) => process.stdout.write(`${text}\n`),
    exit: (code) => {
      exitCode = code;
    },
  });
  program.addCommand(adapterCommand);
  program
    .command('version')
    .description('print the version')
    .action(() => {
      process.stdout.write(`${versionText()}\n`);
    });
  try {
    // It has commands with options of the same names: it has to see the words in their order.
    const [first, ...rest] = own;
    if (first === 'adapter')
      await adapterCommand.parseAsync(adapterArguments(rest), { from: 'user' });
    else await program.parseAsync([...own], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    process.stderr.write(`${formatError(error)}\n`);
    return exitCodeOf(error);
  }
}

/** The words after the first `--` belong to the user's command and are not looked at. */
function splitArguments(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  const at = args.indexOf('--');
  return at < 0
    ? { own: args, command: [] }
    : { own: args.slice(0, at), command: args.slice(at + 1) };
}
