import type { IncomingMessage } from 'node:http';
import { BellowsError, missing, observed, Quantity, type Observed } from '@bellows/core';
import type { ExternalReading } from '../source/source.ts';

/** Longest answer that is read, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads the body of an answer. @throws Error when it is too long, breaks off or is no JSON. */
export async function readJsonBody(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`an answer of more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}

/** The values of an `ExternalMetricValueList`. @throws BellowsError `ERR_ADAPTER_RESULT` for what is none. */
export function readExternalValues(body: unknown): ExternalReading[] {
  return itemsOf(body, 'items').map((item) => {
    const labels = isRecord(item['metricLabels']) ? textsOf(item['metricLabels']) : undefined;
    const window = item['window'];
    return {
      labels,
      value: readValue(item),
      ...(typeof window === 'number' && { windowSeconds: window }),
    };
  });
}

/** Names of an `APIResourceList`; a listing that names nothing is empty. @throws BellowsError `ERR_ADAPTER_RESULT` for what is none. */
export function readResourceNames(body: unknown): string[] {
  return itemsOf(body, 'resources').flatMap(({ name }) =>
    typeof name === 'string' && name !== '' ? [name] : [],
  );
}

function readValue({ value, timestamp }: Readonly<Record<string, unknown>>): Observed<Quantity> {
  const atMs = Date.parse(String(timestamp));
  if (Number.isNaN(atMs)) return missing('its former owner gave no time');
  try {
    return observed(Quantity.parse(String(value)), atMs);
  } catch {
    return missing('its former owner gave no number');
  }
}

function itemsOf(body: unknown, key: string): Readonly<Record<string, unknown>>[] {
  const items = isRecord(body) ? body[key] : undefined;
  if (Array.isArray(items) && items.every(isRecord)) return items;
  throw new BellowsError('ERR_ADAPTER_RESULT', `Expected a list with ${key}, got something else`, {
    remedy: 'Check that the Service delegated to answers external.metrics.k8s.io.',
  });
}

function textsOf(labels: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
