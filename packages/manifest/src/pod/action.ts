import type { HttpGetAction, Probe } from '../kinds/pod-spec.ts';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { listOf, stringListShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, intOrStringShape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, orDefault, plain, type Shape } from '../shape/shape.ts';
import { headerNameProblems } from '../validation/names.ts';
import { checkPortOrName } from '../validation/numbers.ts';

/** `v1 ExecAction`. */
export const execShape: Shape<{ readonly command: readonly string[] }> = record(
  'a map with command',
  { command: plain(stringListShape) },
);

/** `v1 TCPSocketAction`. */
export const tcpSocketShape: Shape<NonNullable<Probe['tcpSocket']>> = record('a map with port', {
  port: plain(intOrStringShape),
  host: optional(stringShape),
});

/** `v1 HTTPGetAction`. */
export const httpGetShape: Shape<HttpGetAction> = record(
  'a map with port and path',
  {
    path: orDefault(stringShape, '/'),
    port: plain(intOrStringShape),
    host: optional(stringShape),
    scheme: plain(enumShape(['HTTP', 'HTTPS'], 'HTTP')),
    httpHeaders: plain(
      listOf(record('a header', { name: plain(stringShape), value: plain(stringShape) })),
    ),
  },
  { ignored: { protocol: 'Probes speak HTTP/1.1 (the field is alpha in Kubernetes 1.37).' } },
);

/** What a probe or hook does, each at most once. */
export interface GivenAction {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: HttpGetAction;
  readonly tcpSocket?: { readonly port: number | string };
}

/**
 * Reports no handler, or a second one.
 *
 * @param names - In the order in which the API server counts them.
 */
export function checkExactlyOne(
  given: object,
  names: readonly string[],
  path: FieldPath,
  report: ObjectReport,
): void {
  const values = given as Readonly<Record<string, unknown>>;
  const set = names.filter((name) => values[name] !== undefined && values[name] !== false);
  if (set.length === 0) {
    report.require(path, 'must specify a handler type', `Set one of ${names.join(', ')}.`);
  }
  for (const name of set.slice(1)) {
    report.reject(
      path.child(name),
      wording.forbidden('may not specify more than 1 handler type'),
      `Keep one of ${set.join(', ')}.`,
    );
  }
}

/** Reports what is wrong inside a handler. */
export function checkAction(
  { exec, httpGet, tcpSocket }: GivenAction,
  path: FieldPath,
  report: ObjectReport,
): void {
  if (exec?.command.length === 0) report.require(path.child('exec', 'command'));
  if (tcpSocket !== undefined) {
    checkPortOrName(tcpSocket.port, path.child('tcpSocket', 'port'), report);
  }
  if (httpGet === undefined) return;
  const at = path.child('httpGet');
  checkPortOrName(httpGet.port, at.child('port'), report);
  for (const [index, { name }] of httpGet.httpHeaders.entries()) {
    report.invalid(
      at.child('httpHeaders').index(index).child('name'),
      name,
      headerNameProblems(name),
    );
  }
}
