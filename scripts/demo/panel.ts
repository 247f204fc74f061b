/** What the demo sets up in the admin panel, through the panel's own API: a fridge, its catalogue, people. */
import { randomBytes } from 'node:crypto';
import type { ProductSpec } from '../../simulator';
import { fromMajorText } from '../../src/shared/money';
import { ask } from './rest';

export interface Person {
  readonly email: string;
  readonly password: string;
}

export interface Fridge {
  readonly vendorId: string;
  readonly label: string;
}

export interface DemoCustomer {
  readonly id: string;
  readonly email: string;
}

export interface Inventory {
  readonly fridge: Fridge;
  readonly products: readonly ProductSpec[];
  readonly currency: string;
  readonly customers: readonly DemoCustomer[];
  readonly operator: Person;
}

/** Fills an empty Larder at `url`, as its administrator would by hand. Answers the log-in, for more of that. */
export async function setUp(url: string, administrator: Person, inventory: Inventory): Promise<string> {
  const login = await ask<{ data: { token: string } }>(`${url}/admin/login`, { method: 'POST', body: administrator });
  const { token } = login.data;
  const create = (type: string, entry: object) =>
    ask(`${url}/content-manager/collection-types/${type}`, { method: 'POST', token, body: entry });

  const { fridge, products, currency, customers, operator } = inventory;
  const rules = { temperatureMax: 5, ceilingAmount: 2500, ceilingCurrency: currency };
  const machine = { ...fridge, driver: 'vendron', timezone: 'Europe/Paris', salesLocked: false, ...rules };
  await create('api::machine.machine', machine);
  for (const { vpn, name, unitPrice } of products) {
    const unitAmount = fromMajorText(unitPrice, currency);
    await create('api::product.product', { sku: vpn, name, unitAmount, currency, active: true });
  }
  const role = await customerRole(url, token);
  for (const { id, email } of customers) {
    const password = randomBytes(18).toString('base64url'); // the panel wants one; nobody logs in with it
    const entry = { username: email, email, customerId: id, password, role, confirmed: false, blocked: false };
    await create('plugin::users-permissions.user', entry);
  }
  await addOperator(url, token, operator);
  return token;
}

async function customerRole(url: string, token: string): Promise<number | undefined> {
  const { roles } = await ask<{ roles: { id: number; type: string }[] }>(`${url}/users-permissions/roles`, { token });
  return roles.find(({ type }) => type === 'authenticated')?.id;
}

/** Invites a colleague with the role Operator, and accepts for them. */
async function addOperator(url: string, token: string, { email, password }: Person): Promise<void> {
  const roles = await ask<{ data: { id: number; code: string }[] }>(`${url}/admin/roles`, { token });
  const role = roles.data.find(({ code }) => code === 'larder-operator');
  if (!role) throw new Error('There is no role Operator.');
  const name = { firstname: 'Olive', lastname: 'Operator' };
  const body = { email, ...name, roles: [role.id] };
  const invited = await ask<{ data: { registrationToken: string } }>(`${url}/admin/users`, {
    method: 'POST',
    token,
    body,
  });
  const { registrationToken } = invited.data;
  await ask(`${url}/admin/register`, { method: 'POST', body: { registrationToken, userInfo: { ...name, password } } });
}
