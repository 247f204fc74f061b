/** What leaves the fake: copies, with the fields expanded that were asked for. https://docs.stripe.com/expand */
import type { Account } from '../account/account';
import { listObject } from './list';
import { invalid } from './problem';

type Plain = Record<string, unknown>;

/** @throws Problem 400 where a path names what cannot be expanded. */
export function expanded(account: Account, object: object, paths: readonly string[]): object {
  const copy = structuredClone(object);
  for (const path of paths) {
    if (path.split('.').length > 4) throw invalid('You cannot expand more than 4 levels of a property.');
    expandPath(account, copy as Plain, path.split('.'));
  }
  return copy;
}

function expandPath(account: Account, object: Plain, path: readonly string[]): void {
  const [field, ...rest] = path;
  if (field === undefined) return;
  if (!(field in object)) {
    const included = includable(account, object, field);
    if (!included) {
      throw invalid(`This property cannot be expanded (${field}).`, { code: 'property_cannot_be_expanded' });
    }
    object[field] = structuredClone(included);
  }
  const value = object[field];
  if (typeof value === 'string') {
    const found = account.find(value);
    if (!found) throw invalid(`This property cannot be expanded (${field}).`, { code: 'property_cannot_be_expanded' });
    object[field] = structuredClone(found);
  }
  for (const next of Array.isArray(object[field]) ? (object[field] as unknown[]) : [object[field]]) {
    if (typeof next === 'object' && next !== null) expandPath(account, next as Plain, rest);
  }
}

/** Lists that an object shows only when they are asked for. */
function includable(account: Account, object: Plain, field: string): object | undefined {
  const { id, object: kind } = object as { id: string; object: string };
  switch (`${kind}.${field}`) {
    case 'checkout.session.line_items':
      return listObject(account.sessionLines.get(id) ?? [], `/v1/checkout/sessions/${id}/line_items`);
    case 'invoice.payments': {
      const payments = account.invoicePayments.all().filter(({ invoice }) => invoice === id);
      return listObject(payments, `/v1/invoice_payments?invoice=${id}`);
    }
    case 'charge.refunds': {
      const refunds = account.refunds.all().filter(({ charge }) => charge === id);
      return listObject(refunds.reverse(), `/v1/charges/${id}/refunds`);
    }
    default:
      return undefined;
  }
}
