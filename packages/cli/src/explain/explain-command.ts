import { Command, Option } from 'commander';
import {
  collect,
  parseDelayMs,
  parseInteger,
  parseRatio,
  parseSyncPeriodSeconds,
} from '../up/option-values.ts';
import { SETTING_NAMES } from './change-spec.ts';
import type { ControllerFlags } from './cluster/cluster-question.ts';
import type { ExplainOptions } from './explain.ts';

const MAX_REPLICAS = 2_147_483_647;

const EXAMPLES = `
Examples:
  # the newest decision of the newest run
  bellows explain

  # why it was not 8 replicas at that time
  bellows explain hpa/shop --at 12:04:35 --why-not 8

  # what another target would have decided
  bellows explain --set target=60

  # what changed between two decisions
  bellows explain --diff 12:04:20 12:04:35

  # an HPA of a cluster, as it is now
  bellows explain hpa/shop --context staging -n shop

Runs are recorded by bellows up, in .bellows/runs/. A cluster is looked at when --kubeconfig, --context or
--namespace names one, or when there is no run here but a kubeconfig. It is only read.`;

/** Values as commander names them. */
interface ExplainValues {
  readonly run?: string;
  readonly at?: string;
  readonly whyNot?: number;
  readonly set?: readonly string[];
  readonly diff?: readonly string[];
  readonly json?: true;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly horizontalPodAutoscalerSyncPeriod?: number;
  readonly horizontalPodAutoscalerTolerance?: number;
  readonly horizontalPodAutoscalerDownscaleStabilization?: number;
  readonly horizontalPodAutoscalerCpuInitializationPeriod?: number;
  readonly horizontalPodAutoscalerInitialReadinessDelay?: number;
}

/**
 * The command `explain`.
 *
 * @param onExplain - Called with what was asked.
 */
export function createExplainCommand(
  onExplain: (options: ExplainOptions) => Promise<void>,
): Command {
  return new Command('explain')
    .summary('say why an HPA did or did not scale')
    .description(
      'Says why an HPA of a run of bellows up, or of a live cluster, did or did not scale: one sentence, the arithmetic, raw values.',
    )
    .argument('[hpa/NAME]', 'which HPA (default: the only one)')
    .allowExcessArguments(false)
    .addOption(new Option('--run <file>', 'the run (default: the newest in .bellows/runs/)'))
    .addOption(new Option('--at <time>', 'the last decision at or before 12:04:35, or an ISO time'))
    .addOption(
      new Option('--why-not <n>', 'the first step that prevented so many replicas').argParser(
        parseInteger(0, MAX_REPLICAS),
      ),
    )
    .addOption(
      new Option(
        '--set <name=value>',
        `decide again with another ${SETTING_NAMES.join(', ')} (target.METRIC of several); may be given again`,
      ).argParser(collect),
    )
    .addOption(new Option('--diff <times...>', 'what differs between the decisions at two times'))
    .addOption(new Option('--json', 'the whole record as JSON'))
    .addOption(new Option('--kubeconfig <file>', 'a cluster’s (default: as kubectl)'))
    .addOption(new Option('--context <name>', 'of the kubeconfig (default: its current one)'))
    .addOption(new Option('-n, --namespace <name>', 'in the cluster (default: the context’s)'))
    .addOption(controllerFlag('sync-period', '15s', parseSyncPeriodSeconds))
    .addOption(controllerFlag('tolerance', '0.1', parseRatio))
    .addOption(controllerFlag('downscale-stabilization', '5m', parseSeconds))
    .addOption(controllerFlag('cpu-initialization-period', '5m', parseSeconds))
    .addOption(controllerFlag('initial-readiness-delay', '30s', parseSeconds))
    .addHelpText('after', EXAMPLES)
    .action((autoscaler: string | undefined, values: ExplainValues) =>
      onExplain({
        autoscaler,
        run: values.run,
        at: values.at,
        whyNot: values.whyNot,
        settings: values.set ?? [],
        diff: values.diff,
        json: values.json ?? false,
        cluster: {
          kubeconfig: values.kubeconfig,
          context: values.context,
          namespace: values.namespace,
          flags: controllerFlags(values),
        },
      }),
    );
}

/** A flag of the controller manager, which the cluster's API does not show. */
function controllerFlag(name: string, standard: string, parse: (text: string) => number): Option {
  const flag = `--horizontal-pod-autoscaler-${name}`;
  return new Option(
    `${flag} <value>`,
    `as the cluster’s controller has it (default: ${standard})`,
  ).argParser(parse);
}

function controllerFlags(values: ExplainValues): ControllerFlags {
  const given = {
    syncPeriodSeconds: values.horizontalPodAutoscalerSyncPeriod,
    toleranceRatio: values.horizontalPodAutoscalerTolerance,
    downscaleStabilizationSeconds: values.horizontalPodAutoscalerDownscaleStabilization,
    cpuInitializationSeconds: values.horizontalPodAutoscalerCpuInitializationPeriod,
    initialReadinessDelaySeconds: values.horizontalPodAutoscalerInitialReadinessDelay,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function parseSeconds(text: string): number {
  return parseDelayMs(text) / 1000;
}
