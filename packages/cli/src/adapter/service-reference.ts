import type { ServiceReference } from '@bellows/adapter';
import { BellowsError, dns1123LabelProblems } from '@bellows/core';

const FORM = /^([^/]+)\/([^/:]+)(?::(\d{1,5}))?$/;
const MAX_PORT = 65_535;

/** Reads `NAMESPACE/NAME` or `NAMESPACE/NAME:PORT`. @throws BellowsError `ERR_CLI_USAGE` for what is neither. */
export function readServiceReference(text: string): ServiceReference {
  const [, namespace = '', name = '', port] = FORM.exec(text) ?? [];
  const isNamed = [namespace, name].every((part) => dns1123LabelProblems(part).length === 0);
  const number = port === undefined ? undefined : Number(port);
  if (isNamed && (number === undefined || (number > 0 && number <= MAX_PORT))) {
    return { namespace, name, ...(number !== undefined && { port: number }) };
  }
  throw new BellowsError(
    'ERR_CLI_USAGE',
    `Expected a Service such as bellows-system/bellows-adapter, got ${text}`,
    {
      remedy: 'write --service NAMESPACE/NAME, or NAMESPACE/NAME:PORT when its port is not 443',
    },
  );
}
