import { executeTemplate } from './execute-template.ts';
import { GoStruct, type GoValue } from './go-value.ts';
import { parseTemplate } from './parse-template.ts';

/** A template of Go's `text/template` between `<<` and `>>`, read once and run often. */
export interface Template {
  /**
   * @param fields - What `.` is: a struct of these fields, in this order.
   * @throws BellowsError `ERR_ADAPTER_TEMPLATE` for a field, an argument or a template that does not exist.
   */
  execute(fields: Readonly<Record<string, GoValue>>): string;
}

/**
 * Reads a template.
 *
 * @param name - Named in its errors.
 * @throws BellowsError `ERR_ADAPTER_TEMPLATE` where Go refuses it, too.
 * @see golang/go go1.26 src/text/template
 */
export function createTemplate(name: string, source: string): Template {
  const lists = parseTemplate(name, source);
  return { execute: (fields) => executeTemplate(name, lists, new GoStruct(fields)) };
}
