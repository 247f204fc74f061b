/** What somebody shows at a fridge in place of a front end that speaks for them. */
export type Credential =
  /** A token of the customer's own app, shown as a QR code; it opens one door. */
  | { readonly kind: 'token'; readonly token: string }
  /** A badge that was registered for a customer. */
  | { readonly kind: 'badge'; readonly uid: string }
  /** A card at the fridge's reader: a customer's own, or nobody's that we know. */
  | { readonly kind: 'card'; readonly paymentMethodId: string };

export type CredentialKind = Credential['kind'] | 'customer';

/** Why a credential opens nothing. */
export type CredentialFault = 'token_invalid' | 'token_expired' | 'token_used' | 'badge_unknown' | 'card_unusable';
