import {
  startRecordedControlPlane,
  type RecordedControlPlane,
} from './agreement/record-controller.ts';
import {
  startControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from './kube/control-plane.ts';
import { startNode, type StartedNode, type StartNodeOptions } from './node/start-node.ts';
import { startProxy, type StartedProxy } from './proxy/start-proxy.ts';

/** Options of {@link startCluster}. */
export interface ClusterOptions extends Omit<ControlPlaneOptions, 'programs'> {
  /** How many nodes. @defaultValue 1 */
  readonly nodes?: number;
  /** How each of them is. */
  readonly node?: Omit<StartNodeOptions, 'index'>;
}

/** A control plane with nodes that run pods, and Services that reach them. */
export interface Cluster<Plane extends ControlPlane = ControlPlane> {
  /** Its control plane. */
  readonly plane: Plane;
  /** Its nodes, `node-1` first. */
  readonly nodes: readonly StartedNode[];
  /** The data path of its Services. */
  readonly proxy: StartedProxy;
  /** Ends all of it. Idempotent. */
  stop(): Promise<void>;
}

/** Starts a control plane, its nodes and its Services' data path, and resolves when pods can be scheduled. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  return populate(await startControlPlane(planeOptionsOf(options)), options);
}

/** Starts the same, with an HPA controller that is listened to. */
export async function startRecordedCluster(
  options: ClusterOptions,
): Promise<Cluster<RecordedControlPlane>> {
  return populate(await startRecordedControlPlane(planeOptionsOf(options)), options);
}

function planeOptionsOf({
  nodes: _nodes,
  node: _node,
  ...planeOptions
}: ClusterOptions): Omit<ControlPlaneOptions, 'programs'> {
  return planeOptions;
}

async function populate<Plane extends ControlPlane>(
  plane: Plane,
  { nodes: nodeCount = 1, node = {} }: Pick<ClusterOptions, 'nodes' | 'node'>,
): Promise<Cluster<Plane>> {
  const parts: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.stop()));
    await plane.stop();
  };
  try {
    const proxy = await startProxy(plane);
    parts.push(proxy);
    const nodes: StartedNode[] = [];
    for (let index = 1; index <= nodeCount; index++) {
      const started = await startNode(plane, { ...node, index });
      nodes.push(started);
      parts.push(started);
    }
    return { plane, nodes, proxy, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
