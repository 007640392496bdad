export type { Balancer, BalancerOptions, BalancerStats, EndpointStats } from './balancer.ts';
