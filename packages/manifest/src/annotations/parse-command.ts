import type { PodTemplate } from '../kinds/pod-spec.ts';
import type { Problem } from '../problem/problem.ts';
import { stringListShape } from '../shape/collection-shapes.ts';
import { COMMAND_ANNOTATION } from './annotation-names.ts';
import { throwProblems } from './parse-metric-overrides.ts';
import { readAnnotation } from './read-annotation.ts';
import { splitWords } from './split-words.ts';

/**
 * Reads the text of `bellows.dev/command`: a YAML or JSON list if it begins with `[` or `- `, else words as
 * on a command line.
 *
 * @returns The words, at least one unless there are problems.
 */
export function parseCommand(text: string): {
  readonly words: readonly string[];
  readonly problems: readonly Problem[];
} {
  const isList = /^\s*(?:\[|-\s)/.test(text);
  const { words, problems } = isList ? readList(text) : splitWords(text);
  if (problems.length > 0 || (words[0] ?? '') !== '') return { words, problems };
  return {
    words,
    problems: [
      {
        place: {},
        message: 'Expected a command, got none',
        remedy: 'Write one, as node server.js.',
      },
    ],
  };
}

function readList(text: string): { words: readonly string[]; problems: readonly Problem[] } {
  const { value, problems } = readAnnotation(text, stringListShape);
  return { words: value, problems };
}

/**
 * The words of a pod template's `bellows.dev/command`, which replace the first container's command and
 * arguments on this machine; undefined without the annotation.
 *
 * @throws BellowsError `ERR_MANIFEST_ANNOTATION` when the annotation cannot be read. A Deployment
 *   that `parseManifests` returned has one that can.
 */
export function podCommand(template: PodTemplate): readonly string[] | undefined {
  const text = template.metadata.annotations[COMMAND_ANNOTATION];
  if (text === undefined) return undefined;
  const { words, problems } = parseCommand(text);
  throwProblems(problems, COMMAND_ANNOTATION);
  return words;
}
