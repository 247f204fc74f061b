/** The form of Checkout, embedded or hosted: plain, and readable by a screen reader. No card data is asked for. */
import type Stripe from 'stripe';
import type { Account } from '../account/account';
import { escaped, htmlPage, money } from './html';

const CARDS = {
  pm_card_visa: 'Visa 4242',
  pm_card_mastercard: 'Mastercard 4444',
  pm_card_chargeDeclinedInsufficientFunds: 'Visa 9995 (insufficient funds)',
};

export function checkoutPage(account: Account, session: Stripe.Checkout.Session): string {
  if (session.status !== 'open') return htmlPage('Checkout', `<p>This payment page is ${String(session.status)}.</p>`);
  const isSetup = session.mode === 'setup';
  const title = isSetup ? 'Save a card' : `Pay ${money(session.amount_total ?? 0, session.currency ?? 'eur')}`;
  const lines = (account.sessionLines.get(session.id) ?? []).map(
    ({ description, quantity, amount_total: amount, currency }) =>
      `<li><span>${escaped(description ?? '')} × ${quantity ?? 1}</span> <span>${escaped(money(amount, currency))}</span></li>`,
  );
  const options = Object.entries(CARDS).map(([id, name]) => `<option value="${id}">${name}</option>`);
  const back = session.cancel_url ? `<p><a href="${escaped(session.cancel_url)}">Back</a></p>` : '';
  return htmlPage(
    title,
    `<main>
  <h1>${escaped(title)}</h1>
  <p class="fake">A fake Stripe: no money moves.</p>
  <ul aria-label="Items">${lines.join('')}</ul>
  <form data-session="${escaped(session.id)}">
    <p><label>Card <select name="method">${options.join('')}</select></label></p>
    <p role="alert" hidden></p>
    <button type="submit">${isSetup ? 'Save card' : 'Pay'}</button>
    <button type="button">Decline</button>
  </form>
  ${back}
</main>
<script>${script}</script>`,
  );
}

const script = `
const form = document.querySelector('form');
const notice = document.querySelector('[role=alert]');
const isEmbedded = window.parent !== window;
const tell = (message) => isEmbedded && window.parent.postMessage(message, '*');
async function act(action) {
  for (const button of form.querySelectorAll('button')) button.disabled = true;
  const answer = await fetch('/fake-checkout/' + form.dataset.session, {
    method: 'POST',
    body: JSON.stringify({ action, method: form.method_.value }),
  }).then((response) => response.json());
  for (const button of form.querySelectorAll('button')) button.disabled = false;
  if (answer.kind !== 'complete') {
    notice.hidden = false;
    notice.textContent = answer.message;
    return tell({ height: document.documentElement.scrollHeight });
  }
  if (isEmbedded) tell({ complete: true, url: answer.url });
  else window.location.assign(answer.url);
}
form.method_ = form.querySelector('select');
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void act('pay');
});
form.querySelector('button[type=button]').addEventListener('click', () => void act('decline'));
tell({ height: document.documentElement.scrollHeight });
`;
