import { readFileSync } from 'node:fs';

const VALUES = new URL('../../../deploy/chart/values.yaml', import.meta.url);

/** The options that Node is given where the adapter is deployed, so that it is measured as it runs there. */
export function adapterNodeOptions(): string[] {
  const line = /^nodeOptions: (.+)$/m.exec(readFileSync(VALUES, 'utf8'))?.[1];
  if (line === undefined) throw new Error("Expected nodeOptions in the chart's values, got none");
  return line.split(' ');
}
