import { BellowsError } from '@bellows/core';
import { Command, Option } from 'commander';
import {
  collect,
  parseDelayMs,
  parseInteger,
  parseSpanSeconds,
  parseSyncPeriodSeconds,
} from './option-values.ts';
import { DEFAULT_READY_TIMEOUT_SECONDS, OUTPUT_FORMS, type UpOptions } from './up-options.ts';

const EXAMPLES = `
Examples:
  # your own manifests, with the command that runs a pod's container here
  bellows up -f k8s/ -- node server.js

  # no manifests: a Deployment, a Service and an HPA are made and saved
  bellows up --write k8s/ -- node server.js

  # under load along a profile; exit code 0 only if nothing was lost and it scaled both ways
  bellows up -f k8s/ --load launch-day.csv --report run.json

  # 50 requests a second for a minute, as NDJSON
  bellows up -f k8s/ --load 50 --load-duration 60s --load-request 'GET /items/{1..200}' --output json

Exit codes:
  0    done; with --load: nothing was lost, and along a profile it scaled out and in
  1    requests were lost, or the profile did not scale it both ways
  2    arguments or manifests that cannot be used; nothing was started
  3    it could not start, no pod got ready in time, or Bellows itself failed
  130  Ctrl-C (129 SIGHUP, 143 SIGTERM, 141 standard output was closed)
Whatever ends it, pods are stopped in order; a second Ctrl-C ends them at once.`;

/**
 * The command `up`.
 *
 * @param command - The words after `--`, which are not parsed.
 * @param onUp - Called with what was asked for.
 */
export function createUpCommand(
  command: readonly string[],
  onUp: (options: UpOptions) => Promise<void>,
): Command {
  const up = new Command('up')
    .summary('run Deployments, Services and HPAs on this machine')
    .description(
      'Runs the Deployments, Services and HorizontalPodAutoscalers of your manifests on this machine: real processes as pods, probes as the kubelet does them, the HPA rule exactly.',
    )
    .usage('[-f FILE|DIR|-]... [options] [-- COMMAND...]')
    .argument('[words...]')
    .addHelpText('after', EXAMPLES);
  for (const option of [...runOptions(), ...loadOptions(), ...outputOptions()]) {
    up.addOption(option);
  }
  return up.action((words: readonly string[], values: UpValues) => {
    refuseWords(words);
    return onUp(optionsFrom(values, command));
  });
}

/** A command whose `--` was forgotten, most of the time. */
function refuseWords(words: readonly string[]): void {
  if (words.length === 0) return;
  const command = words.join(' ');
  throw new BellowsError(
    'ERR_CLI_USAGE',
    `Expected only options before \`--\`, got \`${command}\``,
    {
      remedy: `A command comes after \`--\`, manifests after -f: bellows up -- ${command}`,
    },
  );
}

/** Values as commander names them. */
interface UpValues {
  readonly filename?: readonly string[];
  readonly load?: string;
  readonly loadDuration?: number;
  readonly loadRequest?: readonly string[];
  readonly loadService?: string;
  readonly horizontalPodAutoscalerSyncPeriod?: number;
  readonly endpointDelay?: number;
  readonly seed?: number;
  readonly output?: UpOptions['output'];
  readonly report?: string;
  readonly write?: string;
  readonly force?: true;
  readonly logs?: true;
  readonly duration?: number;
  readonly readyTimeout: number;
  readonly port?: number;
}

function optionsFrom(values: UpValues, command: readonly string[]): UpOptions {
  return {
    files: values.filename ?? [],
    command,
    load: values.load,
    loadDurationSeconds: values.loadDuration,
    loadRequests: values.loadRequest ?? [],
    loadService: values.loadService,
    syncPeriodSeconds: values.horizontalPodAutoscalerSyncPeriod,
    endpointDelayMs: values.endpointDelay,
    seed: values.seed,
    output: values.output,
    report: values.report,
    writeDirectory: values.write,
    force: values.force ?? false,
    logs: values.logs ?? false,
    durationSeconds: values.duration,
    readyTimeoutSeconds: values.readyTimeout,
    port: values.port,
  };
}

function runOptions(): Option[] {
  return [
    new Option(
      '-f, --filename <path>',
      'manifests: a file, a folder, or - for standard input; may be given again',
    ).argParser(collect),
    new Option('--write <dir>', 'save the generated manifests there'),
    new Option('--force', 'let --write replace files'),
    new Option(
      '--port <number>',
      'port the command listens on, when manifests are generated (default: 3000)',
    ).argParser(parseInteger(1, 65_535)),
    new Option(
      '--horizontal-pod-autoscaler-sync-period <time>',
      'time between two decisions, at most 24h (default: 15s)',
    ).argParser(parseSyncPeriodSeconds),
    new Option(
      '--endpoint-delay <time>',
      'how long a Service goes on sending connections to a pod that is to end (default: 500ms)',
    ).argParser(parseDelayMs),
    new Option(
      '--seed <number>',
      'same number, same arrivals and same choice of pods (default: 1 for arrivals, random for the choice)',
    ).argParser(parseInteger(0, 0xffff_ffff)),
    new Option('--duration <time>', 'stop after so long').argParser(parseSpanSeconds),
  ];
}

function loadOptions(): Option[] {
  return [
    new Option('--load <n|file>', 'requests a second, or a profile (CSV) that they follow'),
    new Option(
      '--load-duration <time>',
      "how long the load goes on (default: to the profile's end; a number: until Ctrl-C)",
    ).argParser(parseSpanSeconds),
    new Option(
      '--load-request <request>',
      "what is asked for, such as 'GET /items/{1..200}'; may be given again",
    ).argParser(collect),
    new Option('--load-service <name[:port]>', 'Service the load goes to (default: the only one)'),
    new Option('--ready-timeout <time>', 'how long the load waits for a first ready pod')
      .default(DEFAULT_READY_TIMEOUT_SECONDS, `${DEFAULT_READY_TIMEOUT_SECONDS}s`)
      .argParser(parseSpanSeconds),
  ];
}

function outputOptions(): Option[] {
  return [
    new Option(
      '--output <form>',
      'live: view in the terminal; plain: one line a second; json: NDJSON (default: live in a terminal, else plain)',
    ).choices(OUTPUT_FORMS),
    new Option('--report <file>', 'write the figures of the run there, as JSON'),
    new Option('--logs', "show the containers' output"),
  ];
}
