/** Who may do what: operators in the panel, the front end's token, customers, the first administrator. Runs `dist/`. */
import { CUSTOMER_ACTIONS, FRONT_END_SCOPES } from '../../src/seed/access/front-end-scopes';
import { bootInProcess, PASSWORD, ROWS, type InProcessLarder } from '../support/in-process-larder';

const KEY = 'bubble-key-of-the-first-day';

let larder: InProcessLarder;
let [adminToken, operatorToken] = ['', ''];

beforeAll(async () => {
  larder = await bootInProcess(
    {
      VENDRON_WS_URL: 'ws://127.0.0.1:9/nobody',
      ADMIN_EMAIL: 'First@larder.test',
      ADMIN_PASSWORD: PASSWORD,
      BUBBLE_API_TOKEN: KEY,
    },
    'nothing',
  );
  adminToken = await larder.logIn('first@larder.test');
  const role = await larder.query('admin::role').findOne({ where: { code: 'larder-operator' } });
  operatorToken = await larder.join('olive@larder.test', role.id);
}, 120_000);

afterAll(() => larder?.stop());

const api = () => larder.api();
const as = (token: string) => ({ Authorization: `Bearer ${token}` });
const entries = (uid: string, id = '') => `/content-manager/collection-types/${uid}${id && `/${id}`}`;

const HISTORY = ['transaction.transaction', 'transaction.line', 'event.event', 'incident.incident'] as const;

describe('an operator', () => {
  it.each([...Object.keys(ROWS), 'api::product.product', 'plugin::users-permissions.user'])('reads %s', async (uid) => {
    await api().get(entries(uid)).set(as(operatorToken)).expect(200);
  });

  it('edits a machine', async () => {
    const { documentId } = await larder.stored('api::machine.machine');
    const { body } = await api()
      .put(entries('api::machine.machine', documentId))
      .set(as(operatorToken))
      .send({ label: 'Lobby, left', temperatureMax: 6 })
      .expect(200);
    expect(body.data).toMatchObject({ label: 'Lobby, left', temperatureMax: 6 });
  });

  it('creates a machine and a product, and deletes neither', async () => {
    const machine = await api()
      .post(entries('api::machine.machine'))
      .set(as(operatorToken))
      .send({ label: 'Gym', vendorId: 'VM-9', driver: 'vendron', salesLocked: false })
      .expect(201);
    const product = await api()
      .post(entries('api::product.product'))
      .set(as(operatorToken))
      .send({ sku: 'SAL-1', name: 'Salad', unitAmount: 890, currency: 'EUR', active: true })
      .expect(201);
    await api()
      .delete(entries('api::machine.machine', machine.body.data.documentId))
      .set(as(operatorToken))
      .expect(403);
    await api()
      .delete(entries('api::product.product', product.body.data.documentId))
      .set(as(operatorToken))
      .expect(403);
  });

  it('cannot write what a fridge has reported, nor move purchases from one machine to another', async () => {
    const machine = await larder.stored('api::machine.machine');
    const transaction = await larder.stored('api::transaction.transaction');
    await api()
      .put(entries('api::machine.machine', machine.documentId))
      .set(as(operatorToken))
      .send({
        label: 'Lobby',
        online: true,
        lastTemperature: 2,
        transactions: { connect: [{ documentId: transaction.documentId }] },
      })
      .expect(200);
    const after = await larder.strapi.db
      .query('api::machine.machine')
      .findOne({ where: { id: machine.id }, populate: ['transactions'] });
    expect(after).toMatchObject({ online: null, lastTemperature: null, transactions: [] });
  });

  it.each(HISTORY)('cannot create, edit or delete %s', async (name) => {
    const uid = `api::${name}` as const;
    const { documentId } = await larder.stored(uid);
    const attempts = [
      () => api().post(entries(uid)).send({ name: 'x' }),
      () => api().put(entries(uid, documentId)).send({ message: 'x' }),
      () => api().delete(entries(uid, documentId)),
      () =>
        api()
          .post(`${entries(uid)}/actions/bulkDelete`)
          .send({ documentIds: [documentId] }),
      () =>
        api()
          .post(`${entries(uid)}/clone/${documentId}`)
          .send({}),
    ];
    for (const attempt of attempts) await attempt().set(as(operatorToken)).expect(403);
  });

  it('sees customers without their secrets, and cannot ask for them by filter or through a relation', async () => {
    await larder.customer({ resetPasswordToken: 'reset-me' });
    await larder.stored('api::transaction.transaction');
    const users = entries('plugin::users-permissions.user');
    const { body } = await api().get(users).set(as(operatorToken)).expect(200);
    expect(body.results[0]).toHaveProperty('email');
    const allowed = await larder.query('admin::permission').findOne({
      where: { subject: 'plugin::users-permissions.user', role: { code: 'larder-operator' } },
    });
    for (const secret of ['password', 'resetPasswordToken', 'confirmationToken', 'role']) {
      expect(body.results[0]).not.toHaveProperty(secret);
      expect(allowed.properties.fields).not.toContain(secret);
    }
    const found = async (uid: string, filter: string) => {
      const answer = await api()
        .get(`${entries(uid)}?${filter}`)
        .set(as(operatorToken))
        .expect(200);
      return answer.body.pagination.total;
    };
    for (const uid of ['plugin::users-permissions.user', 'api::transaction.transaction']) {
      const secret = uid.startsWith('api::') ? 'filters[user][resetPasswordToken]' : 'filters[resetPasswordToken]';
      // Strapi drops such a filter: a guess that is right finds as much as one that is wrong.
      expect(await found(uid, `${secret}[$startsWith]=wrong`)).toBe(await found(uid, `${secret}[$startsWith]=reset`));
      expect(await found(uid, `${secret}[$startsWith]=wrong`)).toBeGreaterThan(0);
    }
  });

  it('changes no user, no token, no role and no view', async () => {
    const { documentId } = await larder.customer({});
    await api()
      .put(entries('plugin::users-permissions.user', documentId))
      .set(as(operatorToken))
      .send({ email: 'stolen@example.org' })
      .expect(403);
    await api().get('/admin/api-tokens').set(as(operatorToken)).expect(403);
    await api().get('/admin/roles').set(as(operatorToken)).expect(403);
    await api().get('/users-permissions/roles').set(as(operatorToken)).expect(403);
    await api()
      .put('/content-manager/content-types/api::machine.machine/configuration')
      .set(as(operatorToken))
      .send({})
      .expect(403);
  });
});

describe('a purchase under review', () => {
  const settle = (documentId: string, token?: string) =>
    api()
      .post(`/purchases/transactions/${documentId}/settle`)
      .set(token === undefined ? {} : as(token))
      .send({ products: [], reason: 'Seen on the camera' });
  const underReview = async () => {
    const { id, documentId } = await larder.stored('api::transaction.transaction');
    const data = { state: 'review', machine: (await larder.stored('api::machine.machine')).id };
    await larder.query('api::transaction.transaction').update({ where: { id }, data });
    return documentId;
  };

  it('is decided by an operator', async () => {
    const documentId = await underReview();
    const { body } = await settle(documentId, operatorToken).expect(200);
    expect(body).toEqual({ id: documentId, state: 'empty' });
  });

  it('is decided by nobody whose role does not say so, and by nobody who is not logged in', async () => {
    const role = await larder.strapi.service('admin::role').create({ name: 'Reader', code: 'reader', description: '' });
    const documentId = await underReview();
    await settle(documentId, await larder.join('rita@larder.test', role.id)).expect(403);
    await settle(documentId).expect(401);
    await settle(documentId, KEY).expect(401);
    expect(await larder.query('api::transaction.transaction').findOne({ where: { documentId } })).toMatchObject({
      state: 'review',
    });
  });
});

describe('the role of operators', () => {
  it('keeps what an administrator has changed by hand over a restart', async () => {
    const role = await larder.query('admin::role').findOne({ where: { code: 'larder-operator' } });
    const read = { action: 'plugin::content-manager.explorer.read', subject: 'api::event.event' };
    const { id } = await larder.query('admin::permission').findOne({ where: { role: role.id, ...read } });
    const before = await larder.query('admin::permission').count({ where: { role: role.id } });
    await larder.query('admin::permission').delete({ where: { id } });
    await larder.boot();
    expect(await larder.query('admin::permission').count({ where: { role: role.id } })).toBe(before - 1);
    await larder.strapi.service('admin::role').addPermissions(role.id, [{ ...read, properties: {}, conditions: [] }]);
  }, 60_000);

  it('gets what a new version of Larder adds where nobody has changed it by hand', async () => {
    const role = await larder.query('admin::role').findOne({ where: { code: 'larder-operator' } });
    const settle = { action: 'plugin::purchases.review.settle', role: role.id };
    const permissions = larder.query('admin::permission');
    const store = larder.strapi.store({ type: 'plugin', name: 'larder' });
    const key = 'seed.role.larder-operator';
    // As the version before left it: the role without the permission, and a memory of just that.
    await permissions.delete({ where: { id: (await permissions.findOne({ where: settle })).id } });
    const left = await permissions.findMany({ where: { role: role.id } });
    await store.set({ key, value: left });
    await larder.boot();
    expect(await larder.query('admin::permission').count({ where: settle })).toBe(1);
    await larder.boot();
    expect(await larder.query('admin::permission').count({ where: settle })).toBe(1);
  }, 120_000);
});

describe('the first administrator', () => {
  it('is a super administrator, and later changes of the variables touch nobody', async () => {
    const { body } = await api().get('/admin/users/me').set(as(adminToken)).expect(200);
    expect(body.data.roles).toMatchObject([{ code: 'strapi-super-admin' }]);
    await larder.boot({ 'larder.adminEmail': 'second@larder.test', 'larder.adminPassword': 'Another123' });
    const people = await larder.strapi.db
      .query('admin::user')
      .findMany({ where: { roles: { code: 'strapi-super-admin' } } });
    expect(people).toMatchObject([{ email: 'first@larder.test' }]);
    adminToken = await larder.logIn('first@larder.test');
  }, 60_000);
});

describe('the Bubble token', () => {
  const token = () =>
    larder.query('admin::api-token').findOne({ where: { name: 'Bubble' }, populate: ['permissions'] });

  it('has exactly the scopes of the front end and never ends', async () => {
    const { permissions, type, expiresAt } = await token();
    expect({ type, expiresAt }).toEqual({ type: 'custom', expiresAt: null });
    expect(permissions.map(({ action }: { action: string }) => action).sort()).toEqual([...FRONT_END_SCOPES].sort());
  });

  it('opens what it may and nothing else', async () => {
    await api().get('/api/products').set(as(KEY)).expect(200);
    await api().get('/api/users').set(as(KEY)).expect(403);
    await api().get('/api/products').set(as('another-key')).expect(401);
    await api().get('/api/products').expect(403);
  });

  it('turns with the variable, and loses scopes that were added by hand', async () => {
    const { id } = await token();
    await larder.strapi.db
      .query('admin::api-token-permission')
      .create({ data: { action: 'plugin::users-permissions.user.find', token: id } });
    await larder.boot({ 'larder.bubbleApiToken': 'bubble-key-of-the-second-day' });
    await api().get('/api/products').set(as(KEY)).expect(401);
    await api().get('/api/products').set(as('bubble-key-of-the-second-day')).expect(200);
    await api().get('/api/users').set(as('bubble-key-of-the-second-day')).expect(403);
    expect((await token()).id).toBe(id);
  }, 60_000);
});

describe('a customer', () => {
  it('may call what customers may, and public nothing of ours', async () => {
    const roles = await larder.strapi.db
      .query('plugin::users-permissions.role')
      .findMany({ populate: ['permissions'] });
    const ours = (type: string) =>
      roles
        .find((role: { type: string }) => role.type === type)
        .permissions.map(({ action }: { action: string }) => action)
        .filter((action: string) => /^(api::|plugin::(billing|meals|telemetry)\.)/.test(action))
        .sort();
    expect(ours('authenticated')).toEqual([...CUSTOMER_ACTIONS].sort());
    expect(ours('public')).toEqual([]);
  });

  it('reads itself and can change nobody', async () => {
    const { body } = await api()
      .post('/api/auth/local/register')
      .send({ username: 'camille', email: 'camille@example.org', password: PASSWORD })
      .expect(200);
    const me = await api().get('/api/users/me').set(as(body.jwt)).expect(200);
    expect(me.body).toMatchObject({ email: 'camille@example.org' });
    expect(me.body).not.toHaveProperty('password');
    await api().put(`/api/users/${body.user.id}`).set(as(body.jwt)).send({ email: 'x@example.org' }).expect(403);
    await api().get('/api/users').set(as(body.jwt)).expect(403);
  });

  it('does not get back over a restart what was taken from the role by hand', async () => {
    const action = CUSTOMER_ACTIONS[0];
    await larder.query('plugin::users-permissions.permission').delete({ where: { action } });
    await larder.boot();
    expect(await larder.query('plugin::users-permissions.permission').count({ where: { action } })).toBe(0);
  }, 60_000);
});
