/** What a signed address leads to. */
import { refreshCheckout, type Refreshed } from '../checkout/refresh';
import type { Checkout } from '../core/checkout';
import type { Front } from '../core/front';
import type { BillingParts } from '../core/parts';
import { findCheckout } from '../store/checkouts';
import { findPaidCard } from '../store/paid-card';
import { findCheckoutReceipt, findPurchaseReceipt } from '../store/receipts';
import { confirmationPage } from './confirmation';
import { formPage } from './form';
import { cardText } from './format';
import { pageLink } from './links';
import { notFound, unavailable } from './messages';
import type { Shown, Writing } from './page';
import { receiptPage } from './receipt';
import { opensPage } from './token';

export interface Visit {
  readonly page: 'checkout' | 'return' | 'receipt';
  readonly id: string;
  readonly token: unknown;
}

interface Showroom {
  readonly parts: BillingParts;
  readonly front: Front;
}

export async function show({ page, id, token }: Visit, { parts, front }: Showroom, writing: Writing): Promise<Shown> {
  const opens = (kind: Parameters<typeof opensPage>[1]) => opensPage(token, kind, id, front.pageSecret);
  if (page === 'receipt') {
    const receipt = opens('receipt')
      ? await findPurchaseReceipt(parts.database, id)
      : opens('checkout-receipt')
        ? await findCheckoutReceipt(parts.database, id)
        : undefined;
    return receipt ? receiptPage(receipt, writing) : notFound(writing);
  }
  const checkout = opens(page) ? await findCheckout(parts.database, id) : undefined;
  if (!checkout) return notFound(writing);
  const refreshed = await refreshCheckout(checkout, parts);
  return page === 'checkout' ? showForm(refreshed, front, writing) : showReturn(refreshed, { parts, front }, writing);
}

/** The form while it is open; what became of it once it is not. */
function showForm({ checkout, session }: Refreshed, front: Front, writing: Writing): Shown {
  if (session?.status === 'open' && session.client_secret !== null) {
    return formPage({ mode: checkout.mode, clientSecret: session.client_secret }, front, writing);
  }
  const isUnknown = session === null && (checkout.state === 'open' || checkout.state === 'declined');
  return isUnknown ? unavailable(writing) : { redirectTo: pageLink('return', checkout.documentId, front) };
}

async function showReturn(refreshed: Refreshed, { parts, front }: Showroom, writing: Writing): Promise<Shown> {
  const { checkout } = refreshed;
  const card = await findPaidCard(parts.database, checkout);
  return confirmationPage(
    {
      checkout,
      isFresh: refreshed.session !== null,
      formLink: formLink(refreshed, checkout, front),
      receiptLink: pageLink('checkout-receipt', checkout.documentId, front),
      card: card && cardText(card),
    },
    writing,
  );
}

function formLink({ session }: Refreshed, { ui, documentId }: Checkout, front: Front): string | null {
  if (session?.status !== 'open') return null;
  return ui === 'hosted' ? session.url : pageLink('checkout', documentId, front);
}
