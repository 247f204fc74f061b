/** Refusals in Strapi's error shape, each with a stable `error.details.code` that a front end can switch on. */

interface Answerable {
  status: number;
  body: unknown;
}

/** Field by field, what is wrong with a request. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'ValidationError',
  401: 'UnauthorizedError',
  402: 'PaymentRequiredError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  405: 'MethodNotAllowedError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  423: 'LockedError',
  429: 'RateLimitError',
  502: 'BadGatewayError',
  503: 'ServiceUnavailableError',
};

/** Answers with a refusal. `details` must not carry a secret or another person's data. */
export function refuse(
  ctx: Answerable,
  status: number,
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  ctx.status = status;
  ctx.body = {
    data: null,
    error: { status, name: NAMES[status] ?? 'ApplicationError', message, details: { code, ...details } },
  };
}

/** 400 `invalid_request`, naming each field. */
export function refuseFields(ctx: Answerable, faults: readonly FieldFault[]): void {
  const list = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
  refuse(ctx, 400, 'invalid_request', `The request is not valid. ${list}`, { errors: faults });
}
