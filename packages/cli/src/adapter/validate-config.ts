import { commonResources, prepareRules, type AdapterConfig } from '@bellows/adapter';
import { formatPlace } from '@bellows/core';

/** What a look at a configuration found. */
export interface ConfigVerdict {
  /** Lines to print. */
  readonly text: string;
  /** Whether every rule can be used. */
  readonly isValid: boolean;
}

/**
 * Looks at each rule of a configuration that has been read: templates, expressions, resources, backends.
 *
 * Resources are those that every cluster has; a rule about another one is told of, since only a cluster can say more.
 */
export function validateConfig(config: AdapterConfig): ConfigVerdict {
  const backends = (config.sources ?? []).flatMap(({ name, prometheus }) =>
    prometheus === undefined ? [] : [name],
  );
  const surroundings = {
    mapper: commonResources(),
    escaping: 'regexp',
    hasBackend: (name: string | undefined) => name === undefined || backends.includes(name),
  } as const;
  const rules = [
    ...prepareRules('rules', config.rules, surroundings),
    ...prepareRules('externalRules', config.externalRules, surroundings),
  ];
  const problems = rules.flatMap(({ part, rule, problem }) =>
    problem === undefined
      ? []
      : [
          `${formatPlace(problem.place ?? rule.place)}: ${part}: ${problem.message}`,
          ...(problem.remedy === undefined ? [] : [`  ${problem.remedy}`]),
        ],
  );
  const counts = [
    counted(config.rules.length, 'rule'),
    counted(config.externalRules.length, 'external rule'),
    `${config.resourceRules === undefined ? 'no' : 'with'} resource rules`,
    counted(config.sources?.length ?? 0, 'source'),
  ];
  const isValid = problems.length === 0;
  return {
    isValid,
    text: [...problems, `${isValid ? 'valid' : 'not valid'}: ${counts.join(', ')}`].join('\n'),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
