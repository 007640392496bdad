import type { LoadProfile } from '@bellows/load';
import type { ManifestObject } from '@bellows/manifest';
import type { DemandSource } from '../account/demand.ts';

/** The load of a run, checked against its Services. */
export interface PlannedLoad {
  readonly profile: LoadProfile;
  /** Whether it came from a profile file: then the service has to scale out and in. */
  readonly followsProfile: boolean;
  /** In seconds; `Infinity` for a constant load without an end. */
  readonly durationSeconds: number;
  /** The Service the requests go to. */
  readonly service: string;
  /** Port of that Service. */
  readonly servicePort: number;
  /** Deployments whose pods the Service selects. */
  readonly deployments: readonly string[];
}

/** All that `bellows up` needs to know before it starts anything. */
export interface RunPlan {
  /** The files, or the command. */
  readonly title: string;
  readonly objects: readonly ManifestObject[];
  /** Undefined: containers run their own commands. */
  readonly command: readonly string[] | undefined;
  readonly workingDirectory: string;
  readonly stateDirectory: string;
  /** Undefined, here and below: the supervisor's default. */
  readonly syncPeriodSeconds: number | undefined;
  readonly endpointDelayMs: number | undefined;
  readonly seed: number | undefined;
  readonly load: PlannedLoad | undefined;
  /** The HPA whose demand is shown; undefined when there is none. */
  readonly demandSource: DemandSource | undefined;
  /** Deployments whose replicas are counted. */
  readonly countedDeployments: readonly string[];
  /** Ends the run; undefined: the load's end or a signal does. */
  readonly durationSeconds: number | undefined;
  /** With a load: how long the first pod may take to get ready. */
  readonly readyTimeoutSeconds: number;
  readonly showsLogs: boolean;
}
