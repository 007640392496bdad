import type { AdapterConfig } from '../config/discovery-rule.ts';
import type { ClusterResources } from '../mapper/cluster-resources.ts';
import { prepareRules } from '../rules/prepare-rules.ts';

/**
 * Looks at all rules with the cluster's resources, as prometheus-adapter does before it serves: one that cannot be used keeps it from
 * starting.
 *
 * @param resources - Started already.
 * @throws BellowsError of the first such rule, with its place; `ERR_ADAPTER_SOURCE` when the cluster's resources cannot be read.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 cmd/adapter/adapter.go makeProvider
 */
export async function refuseUnusableRules(
  { rules, externalRules, sources = [] }: AdapterConfig,
  resources: ClusterResources,
): Promise<void> {
  await resources.triedOnce;
  const backends = sources.flatMap(({ name, prometheus }) => (prometheus ? [name] : []));
  const surroundings = {
    mapper: resources.mapper(),
    escaping: 'none',
    hasBackend: (name: string | undefined) => name === undefined || backends.includes(name),
  } as const;
  const prepared = [
    ...prepareRules('rules', rules, surroundings),
    ...prepareRules('externalRules', externalRules, surroundings),
  ];
  for (const { problem } of prepared) if (problem !== undefined) throw problem;
}
