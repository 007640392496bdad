import type { Status } from '../api/status.ts';

/** Ends the work on a request with a status that its client is told. */
export class Refusal extends Error {
  /** What the client is told. */
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.status = status;
  }
}

/** 404: the server serves no such path. */
export const NO_SUCH_PATH: Status = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
};
