import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogBuffer, LogLine } from './log-buffer.ts';

/**
 * Answers `GET /containerLogs/NAMESPACE/POD/CONTAINER` of a kubelet, which `kubectl logs` ends up at: `tailLines`, `sinceSeconds`,
 * `sinceTime`, `timestamps`, `limitBytes` and `follow`. What a container wrote before its last restart stands in the same log.
 */
export function answerContainerLogs(
  request: IncomingMessage,
  response: ServerResponse,
  log: LogBuffer,
): void {
  const query = new URL(request.url ?? '/', 'http://kubelet').searchParams;
  const withTime = query.get('timestamps') === 'true';
  let bytesLeft = Number(query.get('limitBytes') ?? Infinity);
  const end = (): void => {
    response.end();
  };
  const write = ({ atMs, text }: LogLine): void => {
    const line = Buffer.from(`${withTime ? `${new Date(atMs).toISOString()} ` : ''}${text}\n`);
    const part = line.subarray(0, bytesLeft);
    bytesLeft -= part.length;
    if (part.length > 0) response.write(part);
    if (bytesLeft === 0) end();
  };
  response.setHeader('Content-Type', 'text/plain');
  response.writeHead(200);
  for (const line of log.lines(selectionOf(query))) write(line);
  if (query.get('follow') !== 'true' || bytesLeft === 0) {
    end();
    return;
  }
  response.flushHeaders();
  response.once('close', log.follow({ line: write, end }));
}

function selectionOf(query: URLSearchParams): { tailLines?: number; sinceMs?: number } {
  const [tail, seconds, time] = ['tailLines', 'sinceSeconds', 'sinceTime'].map((name) =>
    query.get(name),
  );
  return {
    ...(tail != null && { tailLines: Number(tail) }),
    ...(seconds != null && { sinceMs: Date.now() - Number(seconds) * 1000 }),
    ...(time != null && { sinceMs: Date.parse(time) }),
  };
}
