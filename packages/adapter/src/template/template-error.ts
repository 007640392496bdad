import { BellowsError } from '@bellows/core';

/** What is wrong with a template, or with what it was given. */
export function templateError(name: string, problem: string): BellowsError {
  return new BellowsError('ERR_ADAPTER_TEMPLATE', `template ${name}: ${problem}`, {
    remedy: 'Templates are those of Go (text/template) between << and >>.',
  });
}
