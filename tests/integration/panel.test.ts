/** What operators see: the views of the Content Manager, and their words in both languages. Runs the build in `dist/`. */
import { randomUUID } from 'node:crypto';
import en from '../../src/admin/translations/en.json';
import fr from '../../src/admin/translations/fr.json';
import labels from '../../src/admin/translations/labels.fr.json';
import { views } from '../../src/seed/views';
import { bootInProcess, type InProcessLarder } from '../support/in-process-larder';
import { ADMIN } from '../support/larder';

let larder: InProcessLarder;
let token: string;

beforeAll(async () => {
  larder = await bootInProcess({ VENDRON_WS_URL: 'ws://127.0.0.1:9/nobody' });
  token = await larder.logIn(ADMIN.email, ADMIN.password);
}, 120_000);
afterAll(() => larder?.stop());

const panel = (method: 'get' | 'put', address: string) =>
  larder.api()[method](`/content-manager${address}`).set('Authorization', `Bearer ${token}`);

interface Configuration {
  settings: Record<string, unknown>;
  metadatas: Record<string, { edit: Record<string, unknown>; list: Record<string, unknown> }>;
  layouts: { list: string[]; edit: { name: string; size: number }[][] };
}

async function configuration(uid: string): Promise<Configuration> {
  const { body } = await panel('get', `/content-types/${uid}/configuration`).expect(200);
  const { settings, metadatas, layouts } = body.data.contentType as Configuration;
  // Strapi adds this to what it answers and refuses it in what it is sent; the panel takes it out as well.
  for (const { list } of Object.values(metadatas)) delete list.mainField;
  return { settings, metadatas, layouts };
}

describe.each(views)('the view of $uid', (view) => {
  it('labels every attribute, and no attribute that is not there', () => {
    const attributes = larder.strapi.contentType(view.uid as 'api::machine.machine').attributes;
    const own = Object.keys(attributes).filter(
      (name) => !/^(created|updated|published)(At|By)$|^locale$|^localizations$/.test(name),
    );
    expect(Object.keys(view.fields).sort()).toEqual(own.sort());
  });

  it('is stored as the Content Manager keeps views, and passes its own checks', async () => {
    const stored = await configuration(view.uid);
    expect(stored.layouts.list).toEqual(view.columns);
    expect(stored.layouts.edit.map((row) => row.map(({ name }) => name))).toEqual(
      view.rows.map((row) => Object.keys(row)),
    );
    expect(stored.settings).toMatchObject({
      defaultSortBy: view.sort[0],
      defaultSortOrder: view.sort[1],
      mainField: view.mainField,
    });
    await panel('put', `/content-types/${view.uid}/configuration`).send(stored).expect(200);
  });

  it('fills no row beyond its width', () => {
    for (const row of view.rows) {
      expect(Object.values(row).reduce((sum, size) => sum + size)).toBeLessThanOrEqual(12);
    }
  });

  it('has its words in French', () => {
    const words = Object.values(view.fields).flatMap(({ label, description }) => [label, description ?? []].flat());
    const universal = ['°C', '%'];
    expect(words.filter((word) => !(word in labels) && !universal.includes(word))).toEqual([]);
    const { displayName } = larder.strapi.contentType(view.uid as 'api::machine.machine').info;
    for (const language of [en, fr]) expect(language).toHaveProperty([displayName]);
  });

  it('names every value of its enumerations in both languages', () => {
    const attributes = Object.values(larder.strapi.contentType(view.uid as 'api::machine.machine').attributes);
    const values = attributes.flatMap((attribute) => (attribute.type === 'enumeration' ? attribute.enum : []));
    for (const language of [en, fr]) expect(values.filter((value) => !(value in language))).toEqual([]);
  });
});

describe('relations', () => {
  it('are shown by what people call the other thing', async () => {
    const { metadatas } = await configuration('api::transaction.transaction');
    expect(metadatas.machine?.edit.mainField).toBe('label');
    expect(metadatas.user?.edit.mainField).toBe('email');
    expect((await configuration('api::transaction.line')).metadatas.product?.edit.mainField).toBe('name');
    expect((await configuration('api::event.event')).metadatas.transaction?.edit.mainField).toBe('ref');
  });
});

describe('a purchase under review', () => {
  it('is marked for the panel, which shows the notice by it', async () => {
    const { body } = await panel('get', '/init').expect(200);
    const marked = (body.data.contentTypes as { uid: string; pluginOptions?: { larder?: { isReviewed?: boolean } } }[])
      .filter(({ pluginOptions }) => pluginOptions?.larder?.isReviewed)
      .map(({ uid }) => uid);
    expect(marked).toEqual(['api::transaction.transaction']);
  });

  it('has its words in both languages', () => {
    const words = (language: object) => Object.keys(language).filter((key) => key.startsWith('larder.'));
    expect(words(fr)).toEqual(words(en));
  });
});

describe('a restart', () => {
  it('keeps what an administrator rearranged, and brings back nothing', async () => {
    const uid = 'api::machine.machine';
    const changed = await configuration(uid);
    changed.layouts.list = ['label', 'store'];
    changed.metadatas.store = {
      ...changed.metadatas.store!,
      list: { ...changed.metadatas.store!.list, label: 'Shop' },
    };
    await panel('put', `/content-types/${uid}/configuration`).send(changed).expect(200);
    const untouched = await configuration('api::product.product');
    await larder.boot();
    token = await larder.logIn(ADMIN.email, ADMIN.password);
    const after = await configuration(uid);
    expect(after.layouts.list).toEqual(['label', 'store']);
    expect(after.metadatas.store?.list.label).toBe('Shop');
    expect(await configuration('api::product.product')).toEqual(untouched);
  }, 60_000);
});

describe('what belongs to a transaction', () => {
  it('is answered by the Content Manager in the order of the page', async () => {
    const { query } = larder;
    const id = () => randomUUID().replaceAll('-', '');
    const transaction = await query('api::transaction.transaction').create({
      data: { documentId: id(), ref: id(), state: 'completed', currency: 'EUR', authorizedAmount: 0 },
    });
    for (const [name, at] of [
      ['second', 2],
      ['first', 1],
      ['third', 3],
    ] as const) {
      await query('api::event.event').create({
        data: {
          documentId: id(),
          name,
          kind: 'system',
          receivedAt: new Date(at * 1000),
          transaction: transaction.id,
          data: { at },
        },
      });
    }
    await query('api::event.event').create({
      data: { documentId: id(), name: 'other', kind: 'orphan', receivedAt: new Date() },
    });
    const { body } = await panel('get', '/collection-types/api::event.event')
      .query({
        'filters[transaction][documentId][$eq]': transaction.documentId,
        sort: 'receivedAt:ASC,id:ASC',
        pageSize: 100,
      })
      .expect(200);
    expect(body.results.map(({ name }: { name: string }) => name)).toEqual(['first', 'second', 'third']);
    expect(body.results[0].data).toEqual({ at: 1 });
  });
});

describe('who had a hand in something', () => {
  const called = (actor: string, as = token) =>
    larder.api().get(`/purchases/actors/${actor}`).set('Authorization', `Bearer ${as}`);
  const idOf = async (email: string) => (await larder.query('admin::user').findOne({ where: { email } })).id as number;

  it('has a name as long as they are there', async () => {
    const operators = await larder.query('admin::role').findOne({ where: { code: 'larder-operator' } });
    const operator = await larder.join('olive@larder.test', operators.id);
    const olive = `admin:${await idOf('olive@larder.test')}`;
    expect((await called(olive, operator).expect(200)).body).toEqual({ name: 'Olive Operator' });
    await larder.query('admin::user').update({ where: { email: 'olive@larder.test' }, data: { lastname: '' } });
    expect((await called(olive).expect(200)).body).toEqual({ name: 'Olive' });
    await larder.query('admin::user').update({ where: { email: 'olive@larder.test' }, data: { firstname: '' } });
    expect((await called(olive).expect(200)).body).toEqual({ name: 'olive@larder.test' });
    const { id } = await larder.query('admin::api-token').findOne({ where: { name: 'Bubble' } });
    expect((await called(`token:${id}`).expect(200)).body).toEqual({ name: 'Bubble' });
    for (const gone of ['admin:99999', 'token:99999']) {
      expect((await called(gone).expect(200)).body).toEqual({ name: null });
    }
    const { body } = await called('admin:1%20or%201').expect(400);
    expect(body.error.details.errors).toMatchObject([{ field: 'actor' }]);
  });

  it('is told to nobody who may not see purchases', async () => {
    const role = await larder.strapi.service('admin::role').create({ name: 'Cook', code: 'cook', description: '' });
    await called('admin:1', await larder.join('carl@larder.test', role.id)).expect(403);
    await larder.api().get('/purchases/actors/admin:1').expect(401);
    await called('admin:1', 'bubble-key-of-the-panel').expect(401);
  });
});
