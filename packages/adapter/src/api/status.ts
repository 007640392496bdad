/** Why a request was refused, by `metav1.StatusReason`. */
export type StatusReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'Invalid'
  | 'TooManyRequests'
  | 'InternalError'
  | 'ServerTimeout'
  | 'ServiceUnavailable'
  | 'Timeout';

/** One thing that led to a refusal; what is undefined or empty is not told. */
export interface StatusCause {
  /** By `metav1.CauseType`. */
  readonly reason?: string;
  /** For people. */
  readonly message?: string;
  /** Path of the field at fault. */
  readonly field?: string;
}

/** What a refusal is about; what is empty or 0 is not told. */
export interface StatusDetails {
  /** Name of the object. */
  readonly name?: string;
  /** API group of the resource. */
  readonly group?: string;
  /** Plural name of the resource, as upstream has it here. */
  readonly kind?: string;
  /** What led to it, one by one. */
  readonly causes?: readonly StatusCause[];
  /** When to ask again, in seconds. */
  readonly retryAfterSeconds?: number;
}

/** A refusal. */
export interface Status {
  /** HTTP status. */
  readonly code: number;
  /** Undefined: none that Kubernetes knows. */
  readonly reason?: StatusReason;
  /** For people; empty: left out. */
  readonly message: string;
  /** Undefined: not told. */
  readonly details?: StatusDetails;
}

/**
 * A `Status` as the API gives it.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/types.go
 */
export function statusObject({ code, reason, message, details }: Status): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    ...(message !== '' && { message }),
    ...(reason !== undefined && { reason }),
    ...(details !== undefined && { details: detailsObject(details) }),
    code,
  };
}

function detailsObject({ name, group, kind, causes, retryAfterSeconds }: StatusDetails): object {
  return {
    ...(isSaid(name) && { name }),
    ...(isSaid(group) && { group }),
    ...(isSaid(kind) && { kind }),
    ...(causes !== undefined && { causes: causes.map(causeObject) }),
    ...(retryAfterSeconds !== undefined && retryAfterSeconds > 0 && { retryAfterSeconds }),
  };
}

function causeObject({
  reason,
  message,
  field,
}: NonNullable<StatusDetails['causes']>[number]): object {
  return {
    ...(isSaid(reason) && { reason }),
    ...(isSaid(message) && { message }),
    ...(isSaid(field) && { field }),
  };
}

function isSaid(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
