import { nearestSpelling } from '@bellows/core';
import { environmentName } from './environment-name.ts';
import { OPTION_NAMES } from './normalize-options.ts';
import type { Environment } from './option-readers.ts';

const PREFIX = environmentName('');
/** At most so many are said: an environment can hold anything. */
const MAX_SAID = 10;

/** Those that are no option: the kit reads the first, `bellows up` gives each of its pods all of them. */
const OTHER_VARIABLES = [
  'BELLOWS_POD_IP',
  'BELLOWS_POD_UID',
  'BELLOWS_CONTAINER',
  'BELLOWS_PORT_MAP',
];

/** What Kubernetes sets for each Service: one of this name, or that begins with it, is nobody's mistake. */
const SERVICE_LINK = /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_\w+)$/;

/**
 * Finds variables of the environment that look like an option of the kit and are none: they change nothing, and nobody
 * would notice. Their values, which may be secrets, are not shown.
 * @returns a line for each that names the option it may have been meant for; at most ten.
 */
export function misspeltVariables(environment: Environment): string[] {
  const known = [...OPTION_NAMES.map(environmentName), ...OTHER_VARIABLES];
  const words = known.map((name) => name.slice(PREFIX.length));
  const lines = Object.keys(environment).flatMap((name) => {
    if (!name.toUpperCase().startsWith(PREFIX) || known.includes(name)) return [];
    const word = name.slice(PREFIX.length).toUpperCase();
    const nearest = words.find((one) => one.startsWith(`${word}_`)) ?? nearestSpelling(word, words);
    if (nearest === undefined && SERVICE_LINK.test(name)) return [];
    const hint = nearest === undefined ? '' : `; did you mean ${PREFIX}${nearest}?`;
    return `the environment variable ${name} is no option of the kit and changes nothing${hint}`;
  });
  return lines.slice(0, MAX_SAID);
}
