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
  readonly conditions: {
    /** May get new connections. False while terminating. */
    readonly ready: boolean;
    /** Passes its readiness probe, terminating or not. */
    readonly serving: boolean;
    readonly terminating: boolean;
  };
  readonly targetRef: { readonly kind: 'Pod'; readonly namespace: string; readonly name: string };
}

/**
 * The part of `discovery.k8s.io/v1 EndpointSlice` that a Service needs. All endpoints of a slice share
 * its ports; pods that listen on different ports stand in different slices.
 */
export interface EndpointSlice {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}
