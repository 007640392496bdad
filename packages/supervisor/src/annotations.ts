import type { PodTemplate } from '@bellows/manifest';

/** The command a pod template's annotation `bellows.dev/command` names; undefined without one. */
export function podCommand(template: PodTemplate): readonly string[] | undefined {
  const text = template.metadata.annotations['bellows.dev/command'];
  return text === undefined ? undefined : text.split(' ');
}
