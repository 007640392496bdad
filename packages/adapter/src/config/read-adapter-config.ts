import { BellowsError, type Place } from '@bellows/core';
import { formatProblem, type ManifestSource, type Problem } from '@bellows/manifest';
import { FieldPath, nodeAt, ObjectReport, readDocuments } from '@bellows/manifest/reading';
import { configShape, type RuleValue } from './config-shape.ts';
import { checkBackends, checkSources } from './check-sources.ts';
import type { AdapterConfig, DiscoveryRule } from './discovery-rule.ts';
import { sourceConfigOf } from './source-shape.ts';

/** Only the first is read, as upstream does; the others are there to be counted. */
const MAX_DOCUMENTS = 100;

/**
 * Reads prometheus-adapter's configuration, and the sources that Bellows knows beside it, from YAML or JSON. An empty text is a valid one that serves nothing.
 *
 * @throws BellowsError `ERR_ADAPTER_CONFIG` with every problem, its line and field: what is not YAML, unknown
 *   and repeated keys, values of a wrong type.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/config/loader.go
 */
export function readAdapterConfig(source: ManifestSource): AdapterConfig {
  const { documents, problems } = readDocuments(source, MAX_DOCUMENTS);
  if (problems.length > 0) throw configError(problems);
  const [document] = documents;
  if (document === undefined) return { rules: [], externalRules: [] };
  const report = new ObjectReport(document.source, document.root, 'adapter configuration');
  const value = configShape.read(document.root, FieldPath.root, report);
  checkSources(value.sources ?? [], report);
  checkBackends(value, report);
  if (report.problems.length > 0) throw configError(report.problems);
  const placeOf = (path: FieldPath): Place =>
    document.source.place(nodeAt(document.root, path)?.offset ?? 0, path.toString());
  const placed = (key: 'rules' | 'externalRules'): DiscoveryRule[] =>
    value[key].map((rule: RuleValue, index) => {
      return { ...rule, place: placeOf(FieldPath.root.child(key).index(index)) };
    });
  const { resourceRules, sources } = value;
  return {
    rules: placed('rules'),
    externalRules: placed('externalRules'),
    ...(resourceRules !== undefined && {
      resourceRules: {
        cpu: resourceRules.cpu,
        memory: resourceRules.memory,
        windowMs: resourceRules.window,
      },
    }),
    ...(sources && {
      sources: sources.map((one, index) =>
        sourceConfigOf(one, placeOf(FieldPath.root.child('sources').index(index))),
      ),
    }),
  };
}

function configError(problems: readonly Problem[]): BellowsError {
  const lines = problems.map(formatProblem);
  const message =
    lines.length === 1 ? lines.join('') : `${lines.length} problems:\n  ${lines.join('\n  ')}`;
  const [first] = problems;
  return new BellowsError('ERR_ADAPTER_CONFIG', message, {
    ...(first && { place: first.place }),
    remedy: first?.remedy ?? 'See the configuration of prometheus-adapter 0.12.',
  });
}
