import { readFileSync } from 'node:fs';
import { readAdapterConfig, type AdapterConfig } from '@bellows/adapter';
import { BellowsError } from '@bellows/core';

/**
 * Reads the adapter's configuration.
 *
 * @param file - `-` is standard input.
 * @throws BellowsError `ERR_ADAPTER_CONFIG` with every problem and its line, or that it cannot be read.
 */
export function readConfigFile(file: string): AdapterConfig {
  return readAdapterConfig({ file, text: readText(file) });
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BellowsError('ERR_ADAPTER_CONFIG', `cannot be read: ${reason}`, {
      ...{ cause, place: { file } },
      remedy: 'name a file of prometheus-adapter’s configuration',
    });
  }
}
