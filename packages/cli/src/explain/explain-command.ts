import { Command, Option } from 'commander';
import { collect, parseInteger } from '../up/option-values.ts';
import { SETTING_NAMES } from './change-spec.ts';
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

Runs are recorded by bellows up, in .bellows/runs/.`;

/** Values as commander names them. */
interface ExplainValues {
  readonly run?: string;
  readonly at?: string;
  readonly whyNot?: number;
  readonly set?: readonly string[];
  readonly diff?: readonly string[];
  readonly json?: true;
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
    .summary('say why an HPA of a recorded run did or did not scale')
    .description(
      'Says why an HPA of a recorded run did or did not scale: one sentence, the arithmetic, raw values.',
    )
    .argument('[hpa/NAME]', 'which HPA (default: the only one of the run)')
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
      }),
    );
}
