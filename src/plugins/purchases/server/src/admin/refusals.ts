import { refusing } from '../../../../../shared/admin';

/** What the routes of this room's panel may refuse with, beside the general codes. */
export const REFUSALS = ['transaction_not_found', 'not_in_review', 'unknown_products', 'total_too_large'] as const;

/** Refuses with a code that the panel has a text for. */
export const refuseOperator = refusing(REFUSALS);
