import { BellowsError } from '@bellows/core';
import type { ManifestObject } from '../kinds/kinds.ts';
import { parseManifests } from '../parse-manifests.ts';
import { portNumberProblems } from '../validation/names.ts';
import { deploymentText, hpaText, serviceText, type GeneratedValues } from './generated-texts.ts';
import { serviceName } from './service-name.ts';

/** Options of {@link generateManifests}. */
export interface GenerateManifestsOptions {
  /** What the service is called, such as the name in package.json; made into a name Kubernetes takes. */
  readonly name: string;
  /** The words after `--`: at least one. */
  readonly command: readonly string[];
  /** Port the command listens on, 1 to 65535. @defaultValue 3000 */
  readonly port?: number;
  /** Folder of the processes, relative to the folder of the manifests. @defaultValue not written */
  readonly workingDirectory?: string;
}

/** One file of {@link GeneratedManifests}. */
export interface GeneratedFile {
  /** `deployment.yaml`, `service.yaml` or `hpa.yaml`. */
  readonly name: string;
  /** YAML, commented; to be written as it is. */
  readonly text: string;
}

/** Manifests made for a command. */
export interface GeneratedManifests {
  /** A Deployment, a Service and a HorizontalPodAutoscaler; read from the files. */
  readonly objects: readonly ManifestObject[];
  /** The Deployment, the Service and the HPA, in this order. */
  readonly files: readonly GeneratedFile[];
  /** What was assumed, a sentence each. */
  readonly assumptions: readonly string[];
}

/** Port that most Node frameworks' starters listen on. */
const DEFAULT_PORT = 3_000;

/**
 * Manifests for a service that has none: a Deployment, a Service and an HPA on CPU. A cluster takes the same
 * files once they name an image.
 *
 * @throws BellowsError `ERR_CORE_ARGUMENT` when there is no command, a word of it holds a NUL, or the
 *   port is none.
 */
export function generateManifests(options: GenerateManifestsOptions): GeneratedManifests {
  const values = valuesOf(options);
  const files = [
    { name: 'deployment.yaml', text: deploymentText(values) },
    { name: 'service.yaml', text: serviceText(values) },
    { name: 'hpa.yaml', text: hpaText(values) },
  ];
  const sources = files.map(({ name, text }) => ({ file: name, text }));
  return {
    objects: parseManifests(sources).objects,
    files,
    assumptions: assumptionsOf(values, options),
  };
}

function valuesOf(options: GenerateManifestsOptions): GeneratedValues {
  const { command, port = DEFAULT_PORT, workingDirectory } = options;
  if ((command[0] ?? '') === '' || command.some((word) => word.includes('\0'))) {
    throw new BellowsError(
      'ERR_CORE_ARGUMENT',
      `Expected a command of at least one word, got ${JSON.stringify(command)}`,
      { remedy: 'Put it after --, as in: bellows up -- node server.js' },
    );
  }
  if (!Number.isInteger(port) || portNumberProblems(port).length > 0) {
    throw new BellowsError(
      'ERR_CORE_ARGUMENT',
      `Expected a port from 1 to 65535, got ${String(port)}`,
    );
  }
  return {
    name: serviceName(options.name),
    command,
    port,
    cpuRequest: '500m',
    cpuUtilizationPercent: 70,
    maxReplicas: 10,
    preStopSeconds: 5,
    ...(workingDirectory !== undefined && { workingDirectory }),
  };
}

function assumptionsOf(
  { name, port, cpuRequest, cpuUtilizationPercent, maxReplicas, preStopSeconds }: GeneratedValues,
  options: GenerateManifestsOptions,
): readonly string[] {
  const portWords = options.port === undefined ? `${port}, since none was given` : String(port);
  return [
    `The service is called ${name}.`,
    `It listens on port ${portWords}; the variable PORT says so too.`,
    `It is ready when port ${port} accepts connections, asked once a second; nothing asks whether it is alive.`,
    `It scales from 1 to ${maxReplicas} pods on CPU: ${cpuUtilizationPercent} % of a request of ${cpuRequest}, so another pod comes when they use more than ${(500 * cpuUtilizationPercent) / 100}m on average (a busy Node process uses about 1000m).`,
    'It scales in when five minutes have asked for less, as Kubernetes does unless told otherwise.',
    `A pod that is removed waits ${preStopSeconds} s before SIGTERM, and has 30 s in all to end.`,
  ];
}
