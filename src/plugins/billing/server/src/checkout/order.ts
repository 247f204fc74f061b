/** What a checkout is to be of, from the database alone: no price ever comes from the caller. */
import { fingerprint, type FieldFault } from '../../../../../shared/http';
import { newRef } from '../../../../../shared/ids';
import type { Sql } from '../../../../../shared/sql';
import type { CheckoutMode, CheckoutPurpose, CheckoutUi } from '../core/checkout';
import { findProducts, usualCurrency } from '../store/catalogue';
import { countEndedDebtCheckouts, type NewCheckout } from '../store/checkouts';
import { findOpenDebts, type OpenDebt } from '../store/owed';
import { priceBasket, type Contents, type Wanted } from './price';

export interface CheckoutOrder {
  readonly mode: CheckoutMode;
  readonly ui: CheckoutUi;
  readonly content:
    { readonly kind: 'basket'; readonly lines: readonly Wanted[] } | { readonly kind: 'debts' | 'card' };
  readonly returnUrl: string | null;
  /** Of this caller: the same key is the same checkout. */
  readonly idempotencyKey: string | null;
  /** Fingerprint of the request: the same key with another request is a conflict. */
  readonly requestHash: string;
}

export type Written =
  | { readonly kind: 'new'; readonly checkout: NewCheckout }
  | { readonly kind: 'unfit'; readonly faults: readonly FieldFault[] }
  | { readonly kind: 'nothing_owed' };

const PURPOSES = { basket: 'basket', debts: 'debt', card: 'card' } as const satisfies Record<string, CheckoutPurpose>;

export async function writeOrder(sql: Sql, order: CheckoutOrder, userId: number): Promise<Written> {
  const { mode, ui, returnUrl, requestHash, content } = order;
  const contents = await contentsOf(sql, order, userId);
  if (contents.kind !== 'contents') return contents;
  const { lines, amount, currency } = contents;
  const debts = content.kind === 'debts' ? await debtsKey(sql, order, contents, userId) : null;
  const key = order.idempotencyKey ?? debts ?? `once:${newRef()}`;
  const purpose = PURPOSES[content.kind];
  return { kind: 'new', checkout: { key, requestHash, mode, purpose, ui, amount, currency, lines, returnUrl, userId } };
}

async function contentsOf(
  sql: Sql,
  { content }: CheckoutOrder,
  userId: number,
): Promise<Contents | Exclude<Written, { kind: 'new' }>> {
  switch (content.kind) {
    case 'card':
      return { kind: 'contents', lines: [], amount: 0, currency: await usualCurrency(sql) };
    case 'debts':
      return contentsOfDebts(await findOpenDebts(sql, userId));
    case 'basket': {
      const skus = content.lines.map(({ sku }) => sku);
      return priceBasket(content.lines, await findProducts(sql, skus));
    }
  }
}

function contentsOfDebts(debts: readonly OpenDebt[]): Contents | { readonly kind: 'nothing_owed' } {
  const [first] = debts;
  if (!first) return { kind: 'nothing_owed' };
  const lines = debts.map(({ documentId, name, amount }) => ({
    sku: null,
    name,
    quantity: 1,
    unitAmount: amount,
    amount,
    debtId: documentId,
  }));
  return {
    kind: 'contents',
    lines,
    amount: lines.reduce((sum, line) => sum + line.amount, 0),
    currency: first.currency,
  };
}

/** Asked twice for the same debts, without a key of the caller's, there is one form: nobody should pay a debt twice. */
async function debtsKey(sql: Sql, { requestHash }: CheckoutOrder, { lines }: Contents, userId: number) {
  const ended = await countEndedDebtCheckouts(sql, userId, requestHash);
  return `debts:${fingerprint([userId, ended, requestHash, lines.map(({ debtId }) => debtId)])}`;
}
