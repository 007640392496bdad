import {
  parseGroupResource,
  refusals,
  statusObject,
  type AccessRequest,
  type Status,
} from '@bellows/adapter';
import { parseLabelSelector } from '@bellows/core';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';

type Line = Readonly<Record<string, unknown>>;
type Maker = (args: Line) => Status;

const resource = (args: Line) => parseGroupResource(text(args, 'resource'));

/** How the server makes what upstream's constructors of the same names made. */
const MAKERS: Readonly<Record<string, Maker>> = {
  metricNotFound: (args) => refusals.metricNotFound(resource(args), text(args, 'metric')),
  metricNotFoundFor: (args) =>
    refusals.metricNotFoundFor(resource(args), text(args, 'metric'), text(args, 'name')),
  metricNotFoundForSelector: (args) =>
    refusals.metricNotFoundForSelector(resource(args), text(args, 'metric'), {
      name: text(args, 'name'),
      selector: parseLabelSelector(text(args, 'selector')),
    }),
  notFound: (args) => refusals.notFound(resource(args), text(args, 'name')),
  forbidden: (args) => refusals.forbidden(resource(args), text(args, 'name'), text(args, 'reason')),
  authorizer: (args) =>
    refusals.notAuthorized(args as unknown as AccessRequest, text(args, 'reason')),
  methodNotSupported: (args) => refusals.methodNotSupported(resource(args), text(args, 'action')),
  badRequest: (args) => refusals.badRequest(text(args, 'reason')),
  internal: (args) => refusals.internal(text(args, 'error')),
  unauthorized: (args) => refusals.unauthorized(text(args, 'reason')),
  timeout: (args) => refusals.timeout(text(args, 'message')),
  tooManyRequests: (args) =>
    refusals.tooManyRequests(text(args, 'message'), args['retryAfterSeconds'] as number),
  serviceUnavailable: (args) => refusals.serviceUnavailable(text(args, 'reason')),
  // The server makes none of these; they hold the form of a Status.
  plain: (args) => ({ code: 500, message: text(args, 'error') }),
  noMatch: (args) => ({
    code: 500,
    message: `no matches for /, Resource=${text(args, 'resource')}`,
  }),
  serverTimeout: (args) => ({
    code: 500,
    reason: 'ServerTimeout',
    message: `The ${text(args, 'operation')} operation against ${text(args, 'resource')} could not be completed at this time, please try again.`,
    details: {
      name: text(args, 'operation'),
      kind: text(args, 'resource'),
      retryAfterSeconds: args['retryAfterSeconds'] as number,
    },
  }),
  invalid: invalidObject,
};

function invalidObject(args: Line): Status {
  const { group, resource: kind } = parseGroupResource(text(args, 'kind'));
  const [name, field] = [text(args, 'name'), text(args, 'field')];
  const message = `Invalid value: ${JSON.stringify(args['value'])}: ${text(args, 'detail')}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `${text(args, 'kind')} "${name}" is invalid: ${field}: ${message}`,
    details: { name, group, kind, causes: [{ reason: 'FieldValueInvalid', message, field }] },
  };
}

/** The status that a line's maker and arguments give. */
export function recordedStatus(line: Line): { readonly code: number; readonly body: object } {
  const maker = text(line, 'maker');
  const make = Object.hasOwn(MAKERS, maker) ? MAKERS[maker] : undefined;
  if (make === undefined) throw formError('maker to be known', maker);
  const status = make((line['args'] ?? {}) as Line);
  return { code: status.code, body: statusObject(status) };
}
