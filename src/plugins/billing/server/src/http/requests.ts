/** What the billing flow is asked, checked at the edge. */
import { z } from 'zod';
import { fingerprint, parse, storableText, type Parsed } from '../../../../../shared/http';
import type { CheckoutOrder } from '../checkout/order';
import { mayReturnTo, type Front } from '../core/front';
import type { KnownCaller, Spoken } from './chain';
import type { NamedUser } from './person';

const user = z.object({
  id: z
    .union([storableText(120), z.number().int().nonnegative()], 'must be a text or a whole number')
    .transform(String),
  email: z.email('must be an e-mail address').max(254),
});

/** A front end names its customer; one who is logged in need not. */
const userFor = (caller: KnownCaller) => (caller.kind === 'customer' ? user.partial().nullish() : user);

const named = (given: { id?: string | undefined; email?: string | undefined } | null | undefined): NamedUser => ({
  id: given?.id ?? null,
  email: given?.email ?? null,
});

/** `POST /billing/customer` */
export function parseCustomer(body: unknown, caller: KnownCaller): Parsed<Spoken> {
  const given = parse(z.object({ user: userFor(caller) }), body ?? {});
  return given.ok ? { ok: true, value: { user: named(given.value.user) } } : given;
}

const line = z.object({
  sku: storableText(120),
  quantity: z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000'),
});

/** Stripe takes a hundred lines at most: https://docs.stripe.com/api/checkout/sessions/create */
const checkoutBody = z.object({
  mode: z.enum(['payment', 'setup'], 'must be "payment" or "setup"').default('payment'),
  ui: z.enum(['embedded', 'hosted'], 'must be "embedded" or "hosted"').default('embedded'),
  lines: z
    .array(line, 'must be a list')
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 entries')
    .nullish(),
  debts: z.boolean('must be true or false').nullish(),
  returnUrl: storableText(250).nullish(),
});

const idempotencyKey = z.object({ 'Idempotency-Key': storableText(255).optional() });

export type CheckoutRequest = Spoken & { readonly order: CheckoutOrder };

/** `POST /billing/checkout`. @param front says where a browser may be sent; null with `PAYMENTS=record`. */
export function parseCheckout(
  body: unknown,
  keyHeader: string,
  caller: KnownCaller,
  front: Front | null,
): Parsed<CheckoutRequest> {
  const schema = checkoutBody
    .extend({ user: userFor(caller) })
    .superRefine(({ mode, lines, debts, returnUrl }, check) => {
      const fault = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
      const asked = [lines, debts].filter((given) => given !== null && given !== undefined && given !== false).length;
      if (mode === 'setup' && asked > 0) fault(lines ? 'lines' : 'debts', 'must be left out with mode "setup"');
      if (mode === 'payment' && asked !== 1) fault('lines', 'is needed, or "debts": true, and not both');
      if (returnUrl && front && !mayReturnTo(returnUrl, front)) {
        fault('returnUrl', 'must be an address of this Larder, or of one of CORS_ORIGINS');
      }
    });
  const given = parse(schema, body ?? {});
  const key = parse(idempotencyKey, { 'Idempotency-Key': keyHeader === '' ? undefined : keyHeader });
  if (!given.ok || !key.ok) {
    return { ok: false, faults: [given, key].flatMap((part) => (part.ok ? [] : part.faults)) };
  }
  const { mode, ui, lines, debts, returnUrl } = given.value;
  const header = key.value['Idempotency-Key'];
  const whose = named(given.value.user);
  return {
    ok: true,
    value: {
      user: whose,
      order: {
        mode,
        ui,
        content: lines ? { kind: 'basket', lines } : { kind: debts ? 'debts' : 'card' },
        returnUrl: returnUrl ?? null,
        idempotencyKey: header === undefined ? null : `asked:${fingerprint([caller.name, header])}`,
        requestHash: fingerprint([mode, ui, lines ?? null, debts ?? false, returnUrl ?? null, whose.id]),
      },
    },
  };
}

const id = z.object({ id: storableText(120) });

/** `GET …/:id`; a front end names nobody, because it sees everything. */
export function parseId(params: unknown): Parsed<Spoken & { readonly id: string }> {
  const given = parse(id, params);
  return given.ok ? { ok: true, value: { user: null, id: given.value.id } } : given;
}
