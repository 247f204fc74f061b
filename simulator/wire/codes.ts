/** Vendron's refusal codes and what they say. */
const MESSAGES: Record<number, string> = {
  [-1]: 'Invalid parameters',
  [-2]: 'Invalid public api token',
  [-3]: 'Invalid machine uid',
  [-4]: 'Machine is offline',
  [-5]: 'Machine is busy',
  [-10]: 'Request is cancelled and closed',
  [-11]: 'Machine subscription is expired',
};

/** Why the cloud says no. */
export interface Refusal {
  code: number;
  message: string;
  /** How the numbers are written. */
  as?: 'number' | 'string';
}

/** A refusal with Vendron's own words, or with the given ones. Unknown codes are allowed: the wire has them. */
export function refusal(code: number, message?: string): Refusal {
  return { code, message: message ?? MESSAGES[code] ?? 'Unknown error' };
}
