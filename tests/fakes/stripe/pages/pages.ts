/** Everything that a browser sees of Stripe: its script, its forms, its links. */
import type { Account } from '../account/account';
import type { Hands } from '../hands/hands';
import { intentOf } from '../payments/lookup';
import { jsonAnswer, textAnswer, type Answer } from '../server/answer';
import { Problem } from '../wire/problem';
import { checkoutPage } from './checkout-page';
import { escaped, htmlPage, money } from './html';
import { stripeJs } from './stripe-js';

/** The answer to a browser, or nothing where the path is none of a browser's. */
export function answerPage(
  account: Account,
  hands: Hands,
  { method, path, body }: { method: string; path: string; body: string },
): Answer | undefined {
  const [, room = '', first = '', second = ''] = path.split('/').map(decodeURIComponent);
  const byId = (id: string) => account.sessions.get(id);
  if (room === 'v3' || path === '/fake-stripe.js' || first === 'stripe.js') return textAnswer('javascript', stripeJs);
  if (room === 'embedded' || (room === 'c' && first === 'pay')) {
    const session = room === 'c' ? byId(second) : account.sessions.all().find((open) => open.client_secret === first);
    return session ? textAnswer('html', checkoutPage(account, session)) : notFound;
  }
  if (room === 'fake-checkout' && method === 'POST') return act(account, hands, first, body);
  if (room === 'authenticate') return authenticate(account, hands, method, first);
  if (room === 'i') return invoicePage(account, first, second === 'pdf');
  if (room === 'receipts') return textAnswer('html', htmlPage('Receipt', `<p>Receipt of ${escaped(first)}</p>`));
  return undefined;
}

const notFound = textAnswer('html', htmlPage('Not found', '<p>There is no such page.</p>'), 404);

function act(account: Account, hands: Hands, id: string, body: string): Answer {
  const { action, method } = JSON.parse(body || '{}') as { action?: string; method?: string };
  const session = account.sessions.get(id);
  if (!session) return jsonAnswer(404, { kind: 'gone', message: 'There is no such session.' });
  try {
    const outcome = action === 'decline' ? hands.declineCheckout(id) : hands.payCheckout(id, method ? { method } : {});
    if (outcome.kind === 'declined') return jsonAnswer(200, outcome);
    const mustReturn = session.ui_mode === 'hosted_page' || session.redirect_on_completion === 'always';
    const url = session.ui_mode === 'hosted_page' ? session.success_url : session.return_url;
    return jsonAnswer(200, { kind: 'complete', url: mustReturn ? withSession(url ?? '', id) : null });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return jsonAnswer(200, { kind: 'gone', message: error.message });
  }
}

export const withSession = (url: string, id: string): string => url.replaceAll('{CHECKOUT_SESSION_ID}', id);

function authenticate(account: Account, hands: Hands, method: string, id: string): Answer {
  if (method !== 'POST') {
    const form = '<form method="post"><button>Complete authentication</button></form>';
    return textAnswer('html', htmlPage('3D Secure', `<h1>3D Secure</h1>${form}`));
  }
  const url = intentOf(account, id).next_action?.redirect_to_url?.return_url;
  hands.authenticate(id);
  if (!url) return textAnswer('html', htmlPage('Done', '<p>Authentication is complete.</p>'));
  const back = new URL(url);
  back.searchParams.set('payment_intent', id);
  back.searchParams.set('redirect_status', 'succeeded');
  return { status: 303, body: '', headers: { Location: back.href } };
}

function invoicePage(account: Account, id: string, isPdf: boolean): Answer {
  const invoice = account.invoices.get(id);
  if (!invoice) return notFound;
  const total = money(invoice.total, invoice.currency);
  const words = `Invoice ${String(invoice.number)}: ${total}, ${String(invoice.status)}`;
  return isPdf ? textAnswer('plain', words) : textAnswer('html', htmlPage('Invoice', `<h1>${escaped(words)}</h1>`));
}
