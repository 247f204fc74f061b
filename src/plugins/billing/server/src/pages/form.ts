import type { Front } from '../core/front';
import { html } from '../../../../../shared/pages/html';
import type { Page, Writing } from './page';

export interface Form {
  readonly mode: 'payment' | 'setup';
  readonly clientSecret: string;
}

/** Stripe's form and nothing else. https://docs.stripe.com/js/embedded_checkout/create */
export function formPage(form: Form, { publishableKey, scriptUrl }: Front, { words, nonce }: Writing): Page {
  const title = form.mode === 'setup' ? words.saveCard : words.pay;
  return {
    status: 200,
    title,
    isForm: true,
    body: html`<div id="checkout" data-key="${publishableKey}" data-secret="${form.clientSecret}"></div>
      <p id="trouble" role="alert" hidden>${words.formTrouble}</p>
      <noscript><p>${words.formNeedsScript}</p></noscript>
      <script nonce="${nonce}" src="${scriptUrl}"></script>
      <script nonce="${nonce}">
        (async () => {
          const place = document.getElementById('checkout');
          const fetchClientSecret = async () => place.dataset.secret;
          const form = await Stripe(place.dataset.key).createEmbeddedCheckoutPage({ fetchClientSecret });
          form.mount(place);
        })().catch(() => {
          document.getElementById('trouble').hidden = false;
        });
      </script>`,
  };
}
