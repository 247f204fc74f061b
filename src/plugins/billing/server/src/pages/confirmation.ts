import { isEnded, type Checkout } from '../core/checkout';
import { moneyText } from './format';
import { html } from '../../../../../shared/pages/html';
import { message } from './messages';
import type { Page, Writing } from './page';

export interface Confirmation {
  readonly checkout: Checkout;
  /** Whether Stripe could be asked: where not, what is known may be old. */
  readonly isFresh: boolean;
  /** Where the form is still open; null where it is not. */
  readonly formLink: string | null;
  readonly receiptLink: string;
  /** E.g. `Visa •••• 4242`. */
  readonly card: string | null;
}

const REFRESH_SECONDS = 5;

/** Where the browser comes back to from Stripe: how it went. */
export function confirmationPage(confirmation: Confirmation, writing: Writing): Page {
  const { checkout, formLink, isFresh } = confirmation;
  const { words } = writing;
  if (!isFresh && !isEnded(checkout.state)) return waiting(writing);
  switch (checkout.state) {
    case 'complete':
      return checkout.mode === 'setup' ? saved(confirmation, writing) : paid(confirmation, writing);
    case 'pending':
    case 'requested':
      return waiting(writing);
    case 'declined':
      return formLink
        ? withButton(words.declined, words.declinedMore, words.tryAgain, formLink)
        : message({ title: words.failed, text: words.failedMore });
    case 'open':
      return formLink ? withButton(words.unfinished, words.unfinishedMore, words.goOn, formLink) : waiting(writing);
    case 'expired':
      return message({ title: words.expired, text: words.expiredMore });
  }
}

const waiting = ({ words }: Writing): Page => ({
  ...message({ title: words.waiting, text: words.waitingMore }),
  refreshSeconds: REFRESH_SECONDS,
});

function paid({ checkout, receiptLink, card }: Confirmation, { language, words }: Writing): Page {
  const amount = moneyText(checkout.amount, checkout.currency, language);
  return {
    status: 200,
    title: words.thanks,
    body: html`<h1>${words.thanks}</h1>
      <p>${words.paid(amount)}</p>
      ${card === null ? null : html`<p>${words.paidWith} ${card}</p>`}
      <p><a class="button" href="${receiptLink}">${words.toReceipt}</a></p>`,
  };
}

function saved({ card }: Confirmation, { words }: Writing): Page {
  return {
    status: 200,
    title: words.cardSaved,
    body: html`<h1>${words.cardSaved}</h1>
      ${card === null ? null : html`<p><strong>${card}</strong></p>`}
      <p>${words.cardSavedFor}</p>`,
  };
}

function withButton(title: string, text: string, label: string, href: string): Page {
  return {
    status: 200,
    title,
    body: html`<h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="${href}">${label}</a></p>`,
  };
}
