/** What can only be read: charges, the balance, disputes, SetupIntents. */
import type Stripe from 'stripe';
import { chargeOf } from '../payments/lookup';
import { pageOf } from '../wire/list';
import { paging, range, text } from '../wire/params';
import { missing } from '../wire/problem';
import { route } from './route';

export const bookRoutes = [
  route<Stripe.ChargeRetrieveParams>({
    at: 'GET /v1/charges/:charge',
    takes: {},
    run: ({ account }, _params, id = '') => chargeOf(account, id),
  }),
  route<Stripe.BalanceTransactionRetrieveParams>({
    at: 'GET /v1/balance_transactions/:id',
    takes: {},
    run({ account }, _params, id = '') {
      const movement = account.balance.get(id);
      if (!movement) throw missing('balance transaction', id);
      return movement;
    },
  }),
  route<Stripe.BalanceTransactionListParams>({
    at: 'GET /v1/balance_transactions',
    takes: { ...paging, created: range, currency: text, source: text, type: text },
    run({ account }, params) {
      const found = account.balance
        .all()
        .filter(({ type }) => !params.type || type === params.type)
        .filter(({ source }) => !params.source || source === params.source)
        .filter(({ currency }) => !params.currency || currency === params.currency);
      return pageOf(found, '/v1/balance_transactions', params);
    },
  }),
  route<Stripe.DisputeRetrieveParams>({
    at: 'GET /v1/disputes/:dispute',
    takes: {},
    run({ account }, _params, id = '') {
      const dispute = account.disputes.get(id);
      if (!dispute) throw missing('dispute', id, 'dispute');
      return dispute;
    },
  }),
  route<Stripe.SetupIntentRetrieveParams>({
    at: 'GET /v1/setup_intents/:intent',
    takes: { client_secret: text },
    run({ account }, _params, id = '') {
      const setup = account.setups.get(id);
      if (!setup) throw missing('setupintent', id, 'intent');
      return setup;
    },
  }),
];
