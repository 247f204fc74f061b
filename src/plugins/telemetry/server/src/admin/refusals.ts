import { refusing } from '../../../../../shared/admin';

/** What the routes of this room's panel may refuse with, beside the general codes. */
export const REFUSALS = ['machine_not_found', 'not_locked', 'already_locked'] as const;

/** Refuses with a code that the panel has a text for. */
export const refuseOperator = refusing(REFUSALS);
