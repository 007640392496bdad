import { commonResources, explainSeries } from '@bellows/adapter';
import { Command, Option } from 'commander';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { IGNORED_FLAGS, OWN_FLAGS, UPSTREAM_FLAGS, type AdapterFlags } from './adapter-flags.ts';
import { readConfigFile } from './read-config-file.ts';
import { seriesText } from './series-text.ts';
import { uninstall, type UninstallOptions } from './uninstall.ts';
import { validateConfig } from './validate-config.ts';

const EXAMPLES = `
Examples:
  # is this configuration right?
  bellows adapter validate config.yaml

  # which rule takes this series, and what would Prometheus be asked?
  bellows adapter explain 'http_requests_total{namespace="shop",pod="web-1"}' --config config.yaml

  # in a pod, instead of prometheus-adapter
  bellows adapter --config /etc/adapter/config.yaml --prometheus-url http://prometheus:9090 \\
    --secure-port 6443 --service bellows-system/bellows-adapter

  # before its manifests are deleted
  bellows adapter uninstall --service bellows-system/bellows-adapter

All flags of prometheus-adapter are taken; those that change nothing here are left out above.`;

/** What the command does besides printing. */
export interface AdapterActions {
  /** Serves until it is stopped. */
  readonly serve: (flags: AdapterFlags) => Promise<ExitCode>;
  /** Prints. */
  readonly print: (text: string) => void;
  /** Takes the exit code. */
  readonly exit: (exitCode: ExitCode) => void;
}

/**
 * The command `adapter`.
 *
 * @param program - Whose settings it and its own commands have.
 */
export function createAdapterCommand(program: Command, actions: AdapterActions): Command {
  const command = new Command('adapter')
    .copyInheritedSettings(program)
    // An option after the name of one of its commands is that one's.
    .enablePositionalOptions()
    .summary('serve custom and external metrics to a cluster’s HPAs')
    .description(
      'Serves custom.metrics.k8s.io, external.metrics.k8s.io and metrics.k8s.io, from prometheus-adapter’s configuration and from sources of its own.',
    )
    // The chart of prometheus-adapter gives its program's name as an argument.
    .argument('[ignored...]')
    .addHelpText('after', EXAMPLES)
    .action(async (_ignored: readonly string[], flags: AdapterFlags) => {
      actions.exit(await actions.serve(flags));
    });
  for (const option of [...UPSTREAM_FLAGS, ...OWN_FLAGS, ...IGNORED_FLAGS]) {
    command.addOption(option);
  }
  for (const make of [validateCommand, explainCommand, uninstallCommand]) {
    command.addCommand(make(actions).copyInheritedSettings(program));
  }
  return command;
}

function validateCommand({ print, exit }: AdapterActions): Command {
  return new Command('validate')
    .description(
      'say what is wrong with a configuration; exit code 1 for a rule that cannot be used, 2 for a file that is none',
    )
    .argument('<file>', '- is standard input')
    .action((file: string) => {
      const { text, isValid } = validateConfig(readConfigFile(file));
      print(text);
      exit(isValid ? EXIT_CODE.ok : EXIT_CODE.promiseBroken);
    });
}

function explainCommand({ print, exit }: AdapterActions): Command {
  return new Command('explain')
    .description(
      'say which rule takes a series, where its metric appears and what Prometheus is asked',
    )
    .argument('<series>', 'such as http_requests_total{namespace="shop",pod="web-1"}')
    .requiredOption('--config <file>', '- is standard input')
    .action((series: string, { config }: { readonly config: string }) => {
      const verdicts = explainSeries(series, readConfigFile(config), commonResources());
      print(seriesText(series, verdicts));
      const isTaken = verdicts.some(({ refusal }) => refusal === undefined);
      exit(isTaken ? EXIT_CODE.ok : EXIT_CODE.promiseBroken);
    });
}

function uninstallCommand({ print }: AdapterActions): Command {
  return new Command('uninstall')
    .description('take the APIServices away, before manifests are deleted')
    .addOption(
      new Option('--service <namespace/name>', 'that leads to the adapter').makeOptionMandatory(),
    )
    .addOption(new Option('--kubeconfig <file>', 'default: as kubectl'))
    .addOption(new Option('--context <name>', 'of the kubeconfig'))
    .action(async (options: UninstallOptions) => {
      print(await uninstall(options));
    });
}
