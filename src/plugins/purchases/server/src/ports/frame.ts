/** What kind of thing an event of a purchase's history is. */
export type EventKind = 'command' | 'acknowledgement' | 'result' | 'push' | 'system' | 'orphan';

/**
 * One entry of the history as it will be stored: a frame that was sent or received, or something Larder itself did.
 * `data` is the raw frame with every secret removed, already cut to a size that may be stored.
 */
export interface EventRecord {
  readonly kind: EventKind;
  /** The frame's name on the wire (`smart_fridge_door_open`), or a dotted name of our own (`purchase.expired`). */
  readonly name: string;
  /** One short word: `sent`, `success`, `refused`, `malformed`, `late`, `misrouted` … */
  readonly outcome: string | null;
  readonly message: string | null;
  readonly data: unknown;
}
