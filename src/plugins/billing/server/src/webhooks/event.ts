import { scrub } from './scrub';

/** An event of Stripe's, signed or from its own list. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Seconds since the epoch, by Stripe's clock. */
  readonly created: number;
  readonly livemode: boolean;
  readonly api_version?: string | null | undefined;
  readonly data: { readonly object: object };
  /** All of it, as it came. */
  readonly payload: unknown;
}

export type EventSource = 'webhook' | 'sweep';

/** The row of an event, ready for `jsonb_to_recordset`. */
export function eventRow(event: StripeEvent, documentId: string) {
  const { id } = event.data.object as { id?: unknown };
  return {
    document_id: documentId,
    stripe_event_id: event.id,
    type: event.type,
    // Some objects have no id: an upcoming invoice, a balance.
    object_id: typeof id === 'string' ? id : null,
    livemode: event.livemode,
    api_version: event.api_version ?? null,
    created: event.created,
    payload: scrub(event.payload),
  };
}
