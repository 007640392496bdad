import { BellowsError } from '@bellows/core';
import { defaultKubeConfigFiles } from '@bellows/kubernetes';
import { namesCluster } from './cluster/cluster-question.ts';
import type { ExplainOptions } from './explain.ts';
import { findNewestRun } from './read-run.ts';

/** Where an answer comes from. */
export type ExplainSource = 'run' | 'cluster';

/**
 * A cluster is looked at when the command line names one (`--kubeconfig`, `--context`, `--namespace`), or when nothing else is there:
 * no run in this folder, but a kubeconfig. Else a run is.
 *
 * @param environment - Names the kubeconfig.
 * @throws BellowsError `ERR_CLI_USAGE` when both are asked for.
 */
export async function chooseSource(
  { cluster, run, at, diff }: Pick<ExplainOptions, 'cluster' | 'run' | 'at' | 'diff'>,
  stateDirectory: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ExplainSource> {
  const asksForRun = [run, at, diff].some((value) => value !== undefined);
  if (namesCluster(cluster)) {
    if (!asksForRun) return 'cluster';
    throw new BellowsError(
      'ERR_CLI_USAGE',
      'Expected a run (--run, --at, --diff) or a cluster (--kubeconfig, --context, --namespace), got both',
      { remedy: 'A cluster shows only what is now: leave out --run, --at and --diff' },
    );
  }
  if (asksForRun || (await findNewestRun(stateDirectory)) !== undefined) return 'run';
  return defaultKubeConfigFiles(environment).length > 0 ? 'cluster' : 'run';
}
