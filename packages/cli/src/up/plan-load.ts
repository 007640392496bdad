import { BellowsError } from '@bellows/core';
import {
  defaultDurationSeconds,
  parseLoadOption,
  parseRequestTemplate,
  type LoadProfile,
} from '@bellows/load';
import { serviceSelects, type ManifestObject, type Service } from '@bellows/manifest';
import type { PlannedLoad } from './run-plan.ts';
import type { UpOptions } from './up-options.ts';

/**
 * Reads what the load should be and finds the Service it goes to; undefined when none was asked for.
 *
 * @throws BellowsError `ERR_LOAD_…` for a bad profile or request, `ERR_CLI_USAGE` when the Service is not
 * clear or cannot be reached.
 */
export async function planLoad(
  options: UpOptions,
  objects: readonly ManifestObject[],
): Promise<PlannedLoad | undefined> {
  if (options.load === undefined) {
    requireNoLoadOptions(options);
    return undefined;
  }
  const profile = await readProfile(options.load, options.loadRequests);
  const service = chooseService(objects, options.loadService);
  return {
    profile,
    followsProfile: profile.points.length > 1,
    durationSeconds: options.loadDurationSeconds ?? defaultDurationSeconds(profile.points),
    service: service.metadata.name,
    servicePort: choosePort(service, options.loadService),
    deployments: selectedDeployments(service, objects),
  };
}

function requireNoLoadOptions(options: UpOptions): void {
  const { loadDurationSeconds, loadRequests, loadService } = options;
  const isAlone =
    loadDurationSeconds !== undefined || loadRequests.length > 0 || loadService !== undefined;
  if (!isAlone) return;
  throw usageError('Expected --load with the other --load-… options, got none', 'Add --load 50');
}

async function readProfile(load: string, requests: readonly string[]): Promise<LoadProfile> {
  const profile = await parseLoadOption(load);
  if (requests.length === 0) return profile;
  return { ...profile, requests: requests.map((text) => parseRequestTemplate(text)) };
}

function chooseService(objects: readonly ManifestObject[], wanted: string | undefined): Service {
  const services = objects.filter((object) => object.kind === 'Service');
  const names = services.map(({ metadata }) => metadata.name);
  const [name] = wanted?.split(':') ?? [];
  const chosen = name === undefined ? services : services.filter((s) => s.metadata.name === name);
  const [service] = chosen;
  if (service !== undefined && chosen.length === 1) return service;
  if (names.length === 0) {
    throw usageError('Expected a Service for --load to go to, got none', 'Add a Service');
  }
  throw usageError(
    name === undefined
      ? `Expected one Service for --load to go to, got ${names.join(', ')}`
      : `Expected --load-service to be one of ${names.join(', ')}, got ${name}`,
    `Name it: --load-service ${names[0] ?? ''}`,
  );
}

function choosePort({ metadata, spec }: Service, wanted: string | undefined): number {
  const asked = wanted?.split(':')[1];
  const ports = spec.ports.filter(({ protocol }) => protocol === 'TCP');
  const port =
    asked === undefined
      ? ports[0]
      : ports.find(({ name, port: number }) => name === asked || String(number) === asked);
  if (port !== undefined) return port.port;
  const known = ports.map(({ name, port: number }) => (name === '' ? number : name)).join(', ');
  throw usageError(
    `Expected Service ${metadata.name} to have ${asked === undefined ? 'a TCP port' : `the port ${asked}`}, it has ${known === '' ? 'none' : known}`,
    'Name one of its TCP ports: --load-service NAME:PORT',
  );
}

function selectedDeployments(service: Service, objects: readonly ManifestObject[]): string[] {
  const { metadata } = service;
  const selected = objects
    .filter((object) => object.kind === 'Deployment')
    .filter(
      (deployment) =>
        deployment.metadata.namespace === metadata.namespace &&
        serviceSelects(service, deployment.spec.template.metadata.labels),
    )
    .map((deployment) => deployment.metadata.name);
  if (selected.length > 0) return selected;
  throw usageError(
    `Expected Service ${metadata.name} to select the pods of a Deployment, it selects none`,
    'Give spec.selector the labels of the pod template',
  );
}

function usageError(message: string, remedy: string): BellowsError {
  return new BellowsError('ERR_CLI_USAGE', message, { remedy });
}
