import type { NodeIdentity } from '@bellows/kubelet';
import type { ImageFolders } from './image-folder.ts';

/** What a node is started with; JSON can hold it. */
export interface NodeOptions {
  /** Its name and its address in the network namespace. */
  readonly node: NodeIdentity;
  /** Kubeconfig of `system:node:NAME`. */
  readonly kubeconfig: string;
  /** Addresses for its pods. */
  readonly podAddresses: readonly string[];
  /** What its processes start in. */
  readonly folders: ImageFolders;
  /** Folder for logs. */
  readonly stateDirectory: string;
  /** Files of the certificate it serves with, of its key, and of the authority it trusts. */
  readonly tls: { readonly certificate: string; readonly key: string; readonly authority: string };
  /** How long its word that it is alive counts; it is renewed four times as often. */
  readonly leaseSeconds: number;
  /** What it says to have for pods: the scheduler takes it for granted, nothing holds pods to it. */
  readonly capacity: { readonly cpu: string; readonly memory: string; readonly pods: string };
}

/** Port of a kubelet's server. */
export const KUBELET_PORT = 10_250;
