import { BellowsError } from '@bellows/core';
import type { Container } from '@bellows/manifest';
import { expandVariables } from './expand-variables.ts';

/**
 * The words a container runs: `command` then `args`, with `$(NAME)` replaced.
 *
 * @throws BellowsError `ERR_KUBELET_COMMAND` when there is neither: the image would say it, and Bellows
 *   runs no images.
 * @see kubernetes/kubernetes v1.37.2 pkg/kubelet/container/helpers.go (ExpandContainerCommandAndArgs)
 */
export function containerCommand(
  container: Container,
  variables: ReadonlyMap<string, string>,
): readonly [string, ...string[]] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const [file, ...rest] = words.map((word) => expandVariables(word, variables));
  if (file === undefined || file === '') {
    throw new BellowsError(
      'ERR_KUBELET_COMMAND',
      `container "${container.name}" names no command, and its image's own command is not known here`,
      {
        place: { field: `spec.containers[${container.name}].command` },
        remedy:
          'Name it after `--`, in the annotation bellows.dev/command, or in the container’s `command`.',
      },
    );
  }
  return [file, ...rest];
}
