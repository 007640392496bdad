import { resolve } from 'node:path';
import { BellowsError } from '@bellows/core';
import type { ManifestObject } from '@bellows/manifest';
import type { DemandSource } from '../account/demand.ts';
import { rateTargetOf } from '../account/rate-target.ts';
import type { Notice } from '../output/output.ts';
import { generateObjects } from './generate-objects.ts';
import { planLoad } from './plan-load.ts';
import { readObjects } from './read-objects.ts';
import type { PlannedLoad, RunPlan } from './run-plan.ts';
import type { UpOptions } from './up-options.ts';

/** Folder for logs, records and the lock of a run, below the working directory. */
const STATE_DIRECTORY = '.bellows';

/**
 * Reads or makes the manifests and checks all else that was asked for against them.
 *
 * @param notify - Takes what was assumed and what is ignored.
 * @throws BellowsError of usage, manifests or load: nothing has been started.
 */
export async function planRun(
  options: UpOptions,
  notify: (notice: Notice) => void,
): Promise<RunPlan> {
  requireUsableOptions(options);
  const { files, command } = options;
  const isGenerated = files.length === 0;
  const objects = isGenerated
    ? await generateObjects(options, notify)
    : await readObjects(files, notify);
  const load = await planLoad(options, objects);
  return {
    title: isGenerated ? command.join(' ') : files.join(' '),
    objects,
    command: command.length === 0 ? undefined : command,
    workingDirectory: process.cwd(),
    stateDirectory: resolve(STATE_DIRECTORY),
    syncPeriodSeconds: options.syncPeriodSeconds,
    endpointDelayMs: options.endpointDelayMs,
    seed: options.seed,
    load,
    demandSource: chooseDemandSource(objects, load),
    countedDeployments: chooseCounted(objects),
    durationSeconds: options.durationSeconds,
    readyTimeoutSeconds: options.readyTimeoutSeconds,
    showsLogs: options.logs,
  };
}

function requireUsableOptions({ files, command, writeDirectory, force }: UpOptions): void {
  if (files.length === 0 && command.length === 0) {
    throw new BellowsError('ERR_CLI_USAGE', 'Expected manifests or a command to run, got neither', {
      remedy: 'Try one of:\n    bellows up -f k8s/\n    bellows up -- node server.js',
    });
  }
  if (writeDirectory !== undefined && files.length > 0) {
    throw new BellowsError(
      'ERR_CLI_USAGE',
      'Expected --write without -f: only generated manifests are saved',
      { remedy: 'Leave out --write or -f' },
    );
  }
  if (force && writeDirectory === undefined) {
    throw new BellowsError('ERR_CLI_USAGE', 'Expected --force together with --write', {
      remedy: 'Add --write DIR, or leave out --force',
    });
  }
}

/** The HPA behind the load, else the first. */
function chooseDemandSource(
  objects: readonly ManifestObject[],
  load: PlannedLoad | undefined,
): DemandSource | undefined {
  const autoscalers = objects.filter((object) => object.kind === 'HorizontalPodAutoscaler');
  const behindLoad = autoscalers.find(({ spec }) =>
    load?.deployments.includes(spec.scaleTargetRef.name),
  );
  const chosen = behindLoad ?? autoscalers[0];
  return chosen && { autoscaler: chosen.metadata.name, rateTarget: rateTargetOf(chosen) };
}

function chooseCounted(objects: readonly ManifestObject[]): string[] {
  const deployments = objects.filter((object) => object.kind === 'Deployment');
  const all = deployments.map(({ metadata }) => metadata.name);
  const targets = objects
    .filter((object) => object.kind === 'HorizontalPodAutoscaler')
    .map(({ spec }) => spec.scaleTargetRef.name);
  const scaled = all.filter((name) => targets.includes(name));
  return scaled.length > 0 ? scaled : all;
}
