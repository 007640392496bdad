import type { IncomingMessage } from 'node:http';
import { JSONParser } from '@streamparser/json';
import type { SeriesShape } from '../registry/series.ts';
import { foreignAnswer, isOwnAnswer, notAnAnswer, toldError } from './read-envelope.ts';
import { sourceError } from './source-error.ts';

/** More shapes than this are no list of metrics that anybody scales on. */
const MAX_SHAPES = 100_000;

/**
 * The shapes in an answer to `/api/v1/series`, read while it comes: what is kept is each name with each set of
 * label names once.
 *
 * @throws BellowsError `ERR_ADAPTER_SOURCE` for an error that Prometheus tells, a broken answer, or too many shapes.
 */
export async function readSeriesShapes(response: IncomingMessage): Promise<SeriesShape[]> {
  if (!isOwnAnswer(response)) throw foreignAnswer(response);
  const shapes = new Map<string, SeriesShape>();
  const envelope: Record<string, unknown> = {};
  const parser = new JSONParser({
    paths: ['$.data.*', '$.status', '$.errorType', '$.error'],
    keepStack: false,
  });
  parser.onValue = ({ value, key, parent }) => {
    if (Array.isArray(parent)) addShape(shapes, value);
    else if (typeof key === 'string') envelope[key] = value;
  };
  await feed(parser, response);
  if (envelope['status'] === 'error') throw toldError(envelope);
  if (envelope['status'] !== 'success') throw notAnAnswer();
  return [...shapes.values()];
}

async function feed(parser: JSONParser, response: IncomingMessage): Promise<void> {
  let failure: unknown;
  parser.onError = (error) => {
    failure ??= error;
  };
  for await (const chunk of response as AsyncIterable<Buffer>) {
    parser.write(chunk);
    if (failure !== undefined) break;
  }
  if (failure === undefined && parser.isEnded) return;
  throw failure instanceof TooManyShapesError ? failure.told : notAnAnswer();
}

/** Ends the reading. */
class TooManyShapesError extends Error {
  readonly told = sourceError(
    `found more than ${MAX_SHAPES} kinds of series`,
    'Narrow the seriesQuery of the rule.',
  );
}

function addShape(shapes: Map<string, SeriesShape>, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { __name__: name = '', ...labels } = value as Record<string, string>;
  const labelNames = Object.keys(labels).sort();
  const key = [name, ...labelNames].join('\n');
  if (shapes.has(key)) return;
  if (shapes.size >= MAX_SHAPES) throw new TooManyShapesError();
  shapes.set(key, { name, labelNames });
}
