import type { ObjectEvent } from '@bellows/core';
import type { ConfigMap, Container, Secret } from '@bellows/manifest';
import type { PodAddress } from '../address/pod-addresses.ts';
import type { NodeIdentity } from '../kubelet.ts';
import type { LogFile } from '../output/log-file.ts';
import type { Pod } from '../pod.ts';
import type { Guardian } from '../process/guardian.ts';
import type { PortView } from '../process/explain-port.ts';
import type { Sweeper } from '../process/sweeper.ts';
import type { UsageReader } from '../usage/usage-reader.ts';

/** What all pods of a kubelet share. */
export interface KubeletServices {
  readonly guardian: Guardian;
  readonly sweeper: Sweeper;
  readonly usage: UsageReader;
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  readonly node: NodeIdentity;
  /** Variables every container gets, before what its pod and manifest say. */
  readonly machineEnvironment: ReadonlyMap<string, string>;
  /** Variables every container gets over those of its pod. */
  readonly serviceEnvironment: ReadonlyMap<string, string>;
  /** File that every Node process loads first. */
  readonly preload: string;
  /** Opens a container's log. */
  readonly openLog: (pod: string, container: string) => LogFile;
  /** Who listens on a port, seen from a pod. */
  readonly viewPort: (pod: string, podAddress: string, port: number) => PortView;
}

/** What the containers of a pod need to know of it. */
export interface PodContext {
  readonly pod: Pod;
  readonly address: PodAddress;
  readonly services: KubeletServices;
  /** A container's status changed. */
  readonly changed: () => void;
  readonly event: (event: ObjectEvent) => void;
  readonly output: (container: Container, stream: 'stdout' | 'stderr', text: string) => void;
}
