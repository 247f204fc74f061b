/** The `error.details.code`s that any route may answer with, whatever it does. A route's own stand beside the route. */
export const GENERAL_CODES = [
  'append_only',
  'conflict',
  'database_unavailable',
  'forbidden',
  'internal_error',
  'invalid_request',
  'method_not_allowed',
  'not_found',
  'payload_too_large',
  'stopping',
  'too_many_requests',
  'unauthorized',
] as const;

export type GeneralCode = (typeof GENERAL_CODES)[number];
