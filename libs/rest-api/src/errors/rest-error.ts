/** Thrown where HTTP alone is to blame: a path, a method, a body. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'RestError';
  }
}

/** The answers that a router gives, worded as the reference's. */
export const routerError = (status: 404 | 405 | 406 | 415): RestError => {
  const reason = { 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 415: 'Unsupported Media Type' };
  return new RestError(status, `HTTP ${status} ${reason[status]}`);
};
