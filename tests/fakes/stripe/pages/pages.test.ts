import { stage, type Stage } from '../testing/stage';

let it_: Stage;
beforeEach(async () => {
  it_ = await stage();
});
afterEach(async () => {
  await it_.fake.stop();
});

const lines = [
  { quantity: 1, price_data: { currency: 'eur', unit_amount: 450, product_data: { name: 'Salad & <b>' } } },
];
const act = async (id: string, action: string) => {
  const body = JSON.stringify({ action, method: 'pm_card_visa' });
  return (await fetch(`${it_.fake.url}/fake-checkout/${id}`, { method: 'POST', body })).json();
};

test.each(['/v3/', '/fake-stripe.js', '/dahlia/stripe.js'])('%s is a script', async (path) => {
  const response = await fetch(`${it_.fake.url}${path}`);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(await response.text()).toContain('createEmbeddedCheckoutPage');
});

test('the embedded form shows what is paid, and leads back to the page', async () => {
  const { fake, stripe } = it_;
  const { id, client_secret: secret } = await stripe.checkout.sessions.create({
    mode: 'payment',
    ui_mode: 'embedded_page',
    return_url: 'https://example.com/done/{CHECKOUT_SESSION_ID}',
    line_items: lines,
  });
  const page = await (await fetch(`${fake.url}/embedded/${String(secret)}`)).text();
  expect(page).toContain('€4.50');
  expect(page).toContain('Salad &amp; &lt;b&gt;');
  expect(await act(id, 'decline')).toMatchObject({ kind: 'declined', message: 'Your card was declined.' });
  expect(await act(id, 'pay')).toEqual({ kind: 'complete', url: `https://example.com/done/${id}` });
  expect(fake.captures()).toMatchObject([{ amount: 450 }]);
  expect(await act(id, 'pay')).toMatchObject({ kind: 'gone' });
});

test('the hosted form saves a card', async () => {
  const { fake, stripe } = it_;
  const { id: customer } = await stripe.customers.create({});
  const { id, url } = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'eur',
    customer,
    success_url: 'https://example.com/saved?id={CHECKOUT_SESSION_ID}',
  });
  expect(await (await fetch(String(url))).text()).toContain('Save card');
  expect(await act(id, 'pay')).toEqual({ kind: 'complete', url: `https://example.com/saved?id=${id}` });
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  expect((await fetch(`${fake.url}/c/pay/cs_none`)).status).toBe(404);
});

test('the customer authenticates on the page that the next action names', async () => {
  const { stripe } = it_;
  const intent = await stripe.paymentIntents.create({
    amount: 2500,
    currency: 'eur',
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: 'https://example.com/back',
  });
  const url = String(intent.next_action?.redirect_to_url?.url);
  const answer = await fetch(url, { method: 'POST', redirect: 'manual' });
  expect(answer.headers.get('location')).toContain('https://example.com/back?payment_intent=pi_');
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});
