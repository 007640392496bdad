/** A port of an {@link EndpointSlice}. */
export interface EndpointPort {
  /** The Service port's name; empty when the Service has one unnamed port. */
  readonly name: string;
  /** The port on the endpoint's address. */
  readonly port: number;
}

/** One endpoint: an address and whether it may get traffic. */
export interface Endpoint {
  /** Exactly one IPv4 address is used. */
  readonly addresses: readonly string[];
  /** What the endpoint may be used for. */
  readonly conditions: {
    /** May get new connections. False while terminating. */
    readonly ready: boolean;
    /** Passes its readiness probe, terminating or not. */
    readonly serving: boolean;
    /** Its pod is being stopped. */
    readonly terminating: boolean;
  };
  /** The pod behind the address. */
  readonly targetRef: {
    /** Always a pod. */
    readonly kind: 'Pod';
    /** The pod's namespace. */
    readonly namespace: string;
    /** The pod's name. */
    readonly name: string;
  };
}

/**
 * The part of `discovery.k8s.io/v1 EndpointSlice` that a Service needs. All endpoints of a slice share
 * its ports; pods that listen on different ports stand in different slices.
 */
export interface EndpointSlice {
  /** Ports of every endpoint of the slice. */
  readonly ports: readonly EndpointPort[];
  /** Addresses, also of pods that are not ready. */
  readonly endpoints: readonly Endpoint[];
}
