import { BellowsError } from '@bellows/core';
import type { ResourceRules } from '../config/discovery-rule.ts';
import type { ResourceMapper } from '../naming/resource-mapper.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { PrometheusBackend } from '../rules/backend.ts';
import type { QueryRunner } from '../rules/query-runner.ts';
import type { Log } from '../self/log.ts';
import type { ResourceMetrics } from '../source/source.ts';
import { NodeUsageReader } from './node-usage-reader.ts';
import { PodUsageReader } from './pod-usage-reader.ts';
import { UsageRule } from './usage-rule.ts';

/** What answers are made from. */
export interface ResourceMetricsParts {
  readonly rules: ResourceRules;
  /** Undefined: there is no Prometheus to ask. */
  readonly backend: PrometheusBackend | undefined;
  /** Undefined: the cluster's resources are not known yet. */
  readonly mapper: ResourceMapper | undefined;
  readonly objects: ObjectIndex;
  readonly runner: QueryRunner;
  /** Upstream's way where it is known to be wrong. */
  readonly isStrict: boolean;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Usage of pods and nodes as `resourceRules` ask Prometheus for it. A rule that cannot be used makes each answer an error with its
 * reason.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/resourceprovider/provider.go
 */
export function createRuleResourceMetrics(parts: ResourceMetricsParts): ResourceMetrics {
  try {
    const { rules, backend, mapper, objects, runner, isStrict, log, now } = parts;
    if (backend === undefined || mapper === undefined) {
      throw new BellowsError(
        'ERR_ADAPTER_SOURCE',
        backend === undefined
          ? 'resourceRules ask the Prometheus of the command line, which was not given'
          : 'The resources of the cluster are not known yet',
      );
    }
    const shared = {
      cpu: new UsageRule('cpu', rules.cpu, mapper),
      memory: new UsageRule('memory', rules.memory, mapper),
      ...{ backend, mapper, objects, runner, isStrict, log, now, windowMs: rules.windowMs },
    };
    const pods = new PodUsageReader(shared);
    const nodes = new NodeUsageReader(shared);
    return {
      pods: (request, signal) => pods.read(request, signal),
      nodes: (request, signal) => nodes.read(request, signal),
    };
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    const refuse = (): Promise<never> => Promise.reject(error);
    return { pods: refuse, nodes: refuse };
  }
}
