import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const BELLOWS = fileURLToPath(new URL('../../../packages/cli/bin/bellows.js', import.meta.url));

/** One of the objects that a chart gives, as far as it is looked at here. */
export interface ChartObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: { readonly template?: { readonly spec: ChartPod } };
}

interface ChartPod {
  readonly containers: readonly ChartContainer[];
  readonly volumes?: readonly ChartVolume[];
}

interface ChartContainer {
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface ChartVolume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string };
}

/** The objects of a chart's YAML. */
export function parseChart(yaml: string): ChartObject[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as ChartObject);
}

/** Whether Helm runs it at another time than it installs the others. */
export function isHook({ metadata }: ChartObject): boolean {
  return metadata.annotations?.['helm.sh/hook'] !== undefined;
}

/**
 * The same pods as processes of a node that mounts nothing: the image's program by its path, files of ConfigMaps and Secrets in a folder,
 * the pod's own address instead of all, and the service account's token in a kubeconfig.
 *
 * @param kubeconfigFlag - The flag by which these pods take it.
 */
export function asProcess(
  object: ChartObject,
  { folder, kubeconfigFlag }: { readonly folder: string; readonly kubeconfigFlag: string },
): ChartObject {
  const template = object.spec?.template;
  if (template === undefined) return object;
  const containers = template.spec.containers.map((container) => ({
    ...container,
    command: [process.execPath, BELLOWS],
    args: [
      ...(container.args ?? []).map((word) => inFolder(word, container, folder)),
      kubeconfigFlag,
      ...(object.kind === 'Deployment' ? ['--bind-address=$(POD_IP)'] : []),
    ],
    env: [
      ...(container.env ?? []),
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ],
  }));
  const spec = { ...template.spec, containers };
  return { ...object, spec: { ...object.spec, template: { ...template, spec } } };
}

/** Writes what the pods of these objects have mounted; each file is replaced at once, as a kubelet does. */
export function writeMounts(objects: readonly ChartObject[], folder: string): void {
  for (const { spec } of objects) {
    const { volumes = [], containers = [] } = spec?.template?.spec ?? {};
    const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
    for (const { name, mountPath } of mounts) {
      const volume = volumes.find((one) => one.name === name);
      const files = filesOf(objects, volume);
      for (const [file, content] of Object.entries(files)) {
        const path = join(folder, mountPath, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(`${path}.new`, content, { mode: 0o600 });
        renameSync(`${path}.new`, path);
      }
    }
  }
}

function inFolder(word: string, { volumeMounts = [] }: ChartContainer, folder: string): string {
  const mount = volumeMounts.find(({ mountPath }) => word.includes(`=${mountPath}/`));
  return mount === undefined
    ? word
    : word.replace(`=${mount.mountPath}/`, `=${join(folder, mount.mountPath)}/`);
}

function filesOf(
  objects: readonly ChartObject[],
  volume: ChartVolume | undefined,
): Record<string, string | Buffer> {
  const name = volume?.configMap?.name ?? volume?.secret?.secretName;
  const kind = volume?.configMap === undefined ? 'Secret' : 'ConfigMap';
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  const { data = {}, stringData = {} } = found ?? {};
  const decoded = Object.entries(data).map(([file, text]) => [
    file,
    kind === 'Secret' ? Buffer.from(text, 'base64') : text,
  ]);
  return { ...(Object.fromEntries(decoded) as Record<string, string | Buffer>), ...stringData };
}
