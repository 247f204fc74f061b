import { refusing } from '../../../../../shared/admin';

/** What the routes of this room's panel may refuse with, beside the general codes. */
export const REFUSALS = ['lot_not_found', 'lot_recalled'] as const;

/** Refuses with a code that the panel has a text for. */
export const refuseOperator = refusing(REFUSALS);
