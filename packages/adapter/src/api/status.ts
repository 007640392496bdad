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

/** What a refusal is about; what is empty or 0 is not told. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  /** Plural name of the resource, as upstream has it here. */
  readonly kind?: string;
  readonly causes?: readonly {
    readonly reason?: string;
    readonly message?: string;
    readonly field?: string;
  }[];
  readonly retryAfterSeconds?: number;
}

/** A refusal. */
export interface Status {
  /** HTTP status. */
  readonly code: number;
  /** Undefined: none that Kubernetes knows. */
  readonly reason?: StatusReason;
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
