/** The address of one pod. */
export interface PodAddress {
  /** IPv4 address its processes listen on. */
  readonly address: string;
  /** Manifest port to real port; empty where the address is the pod's own. */
  readonly portMap: Readonly<Record<number, number>>;
}

/** Gives each pod an address of its own, or what comes nearest on this machine. */
export interface PodAddresses {
  /**
   * Makes sure that addresses can be had.
   *
   * @throws BellowsError `ERR_KUBELET_PLATFORM` when they cannot.
   */
  start(): Promise<void>;
  /** An address for a pod that opens these ports; it stays the pod's until {@link release}. */
  acquire(ports: readonly number[]): PodAddress;
  release(address: PodAddress): void;
  stop(): Promise<void>;
}
