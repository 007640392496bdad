import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildGoProgram } from '../go/build-go-program.ts';

const root = new URL('../../../', import.meta.url);
const CHART = fileURLToPath(new URL('deploy/chart', root));
const HELM = fileURLToPath(new URL('tools/helm', root));

/** Which release is rendered. */
export interface Release {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
}

/** Names that the plain manifests have. */
export const PLAIN_RELEASE: Release = { name: 'bellows-adapter', namespace: 'bellows-system' };

/**
 * The objects of the adapter's chart as YAML, by Helm's own engine, with its values checked against the chart's schema.
 *
 * @param values - JSON of values that differ from the chart's.
 * @throws Error with what Helm said.
 */
export async function renderChart(
  values: object = {},
  release: Release = PLAIN_RELEASE,
): Promise<string> {
  const helm = await buildGoProgram({ folder: HELM });
  const args = [CHART, release.name, release.namespace];
  const input = JSON.stringify(values);
  const { status, stdout, stderr } = spawnSync(helm, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`helm ended with ${String(status)}: ${stderr}`);
  return stdout;
}

const HEAD = `# Made from deploy/chart by "node e2e/dist/write-manifests.js"; change that and run it again.
# Build the image from deploy/Dockerfile first, and name it below: no image of Bellows is published.
# Before it is deleted, run "bellows adapter uninstall --service ${PLAIN_RELEASE.namespace}/${PLAIN_RELEASE.name}".
apiVersion: v1
kind: Namespace
metadata:
  name: ${PLAIN_RELEASE.namespace}
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;

/** The plain manifests: the chart's with its own values, without what only Helm runs. */
export async function renderPlainManifests(): Promise<string> {
  const documents = (await renderChart()).split(/^---\n/m).slice(1);
  const plain = documents.filter((document) => !document.includes('helm.sh/hook:'));
  return HEAD + plain.map((document) => `---\n${document.replace(/^# Source: .*\n/, '')}`).join('');
}
