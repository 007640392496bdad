import { BellowsError } from '@bellows/core';
import { podCommand, type Container, type Deployment, type PodSpec } from '@bellows/manifest';

/**
 * The pod spec that runs on this machine: the first container's command is replaced by `words` (what
 * stood after `--`), else by the annotation `bellows.dev/command`. All other containers, and the first
 * one without either, run their own `command` and `args`.
 *
 * @param words - Undefined: none were given.
 * @throws {@link BellowsError} `ERR_MANIFEST_ANNOTATION` for an annotation that cannot be read;
 *   `ERR_SUPERVISOR_OBJECTS` for a container that has no command: its image
 *   would have one, and no image is run here.
 */
export function resolveCommand(deployment: Deployment, words?: readonly string[]): PodSpec {
  const { template } = deployment.spec;
  const replacement = words ?? podCommand(template);
  const containers = template.spec.containers.map((container, index) =>
    index === 0 && replacement !== undefined
      ? { ...container, command: replacement, args: [] }
      : container,
  );
  for (const [index, container] of containers.entries()) {
    if (isWithoutCommand(container)) throw commandMissing(deployment, container, index);
  }
  return { ...template.spec, containers };
}

function isWithoutCommand({ command = [], args = [] }: Container): boolean {
  return command.length + args.length === 0;
}

function commandMissing(deployment: Deployment, container: Container, index: number): BellowsError {
  const { file, line } = deployment.source;
  const image = container.image === undefined ? '' : ` (image ${container.image})`;
  const ways = [
    ...(index === 0
      ? [
          'put the command after --, as in: bellows up -f k8s/ -- node server.js',
          'annotate the pod template with bellows.dev/command',
        ]
      : []),
    "set the container's command",
  ];
  return new BellowsError(
    'ERR_SUPERVISOR_OBJECTS',
    `Deployment ${deployment.metadata.name}: container ${container.name}${image} has no command; images are not run, so it must say what to start`,
    {
      place: { file, line, field: `spec.template.spec.containers[${index}].command` },
      remedy: `Do one of: ${ways.join('; ')}.`,
    },
  );
}
