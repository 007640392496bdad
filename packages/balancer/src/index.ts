export type {
  Balancer,
  BalancerOptions,
  BalancerStats,
  EndpointStats,
  ListenAddress,
} from './balancer.ts';
export { createBalancer, DEFAULT_ENDPOINT_DELAY_MS } from './create-balancer.ts';
