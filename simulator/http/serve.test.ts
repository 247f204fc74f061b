import { stage } from '../testing/stage';

async function ask(url: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : body && JSON.stringify(body);
  const response = await fetch(url + path, { method, body: text as string | undefined, headers });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

test('the customer is played over HTTP', async () => {
  const { simulator, client } = await stage();
  await client.open('M1');
  const url = simulator.httpUrl;
  expect((await ask(url, 'POST', '/machines/M1/take', { vpn: '1001' })).body).toMatchObject({ basket: ['1001'] });
  expect((await ask(url, 'POST', '/machines/M1/put-back', { vpn: '1001' })).body).toMatchObject({ basket: [] });
  expect((await ask(url, 'POST', '/machines/M1/close')).body).toMatchObject({ state: 'free' });
  await client.next('smart_fridge_request_completed');
});

test('machines are shown and changed', async () => {
  const { simulator } = await stage({ machines: [{ uid: 'A/1', label: 'Lobby' }] });
  const { body } = await ask(simulator.httpUrl, 'PATCH', '/machines/A%2F1', { offline: true });
  expect(body).toMatchObject({ uid: 'A/1', label: 'Lobby', offline: true });
  expect((await ask(simulator.httpUrl, 'GET', '/machines/A%2F1')).body).toEqual(body);
  const all = await ask(simulator.httpUrl, 'GET', '/machines');
  expect(all.body).toMatchObject({
    machines: [body],
    products: expect.arrayContaining([expect.objectContaining({ vpn: '1001' })]),
  });
});

test('faults are set as texts or objects, and shown', async () => {
  const { simulator } = await stage();
  const url = simulator.httpUrl;
  const put = await ask(url, 'PUT', '/faults', ['cut:at=open,times=1', { name: 'never-close' }]);
  expect(put.body).toMatchObject({ active: [{ spec: { name: 'cut', at: 'open' } }, { text: 'never-close' }] });
  const shown = await ask(url, 'GET', '/faults');
  expect(shown.body).toMatchObject({ active: put.body.active, available: expect.any(Array) });
});

test('lines are cut, and the log says so', async () => {
  const { simulator, client } = await stage();
  expect((await ask(simulator.httpUrl, 'POST', '/cut', { mode: 'close' })).body).toEqual({ cut: 1 });
  expect(await client.closed).toBe(1001);
  const { body } = await ask(simulator.httpUrl, 'GET', '/log');
  expect(body.lines).toMatchObject([{ name: 'connected' }, { name: 'disconnected' }]);
});

test.each([
  ['POST', '/machines/M1/take', { vpn: '1001' }, 409, undefined, 'The door of M1 is not open'],
  ['POST', '/machines/M9/take', { vpn: '1001' }, 404, 'uid', 'There is no machine "M9".'],
  ['POST', '/machines/M1/take', {}, 400, 'vpn', '"vpn" is missing.'],
  ['POST', '/machines/M1/take', { vpn: 7 }, 400, 'vpn', '"vpn" must be a text.'],
  ['POST', '/machines/M1/take', '{', 400, undefined, 'The body is not JSON.'],
  ['POST', '/machines/M1/take', '[]', 400, undefined, 'The body must be a JSON object.'],
  ['PATCH', '/machines/M1', { offline: 'yes' }, 400, 'offline', '"offline" must be true or false.'],
  ['PATCH', '/machines/M1', { state: 'open' }, 400, 'state', '"state" must be free.'],
  ['PATCH', '/machines/M1', { colour: 'red' }, 400, 'colour', '"colour" is not known.'],
  ['PATCH', '/machines/%E0', {}, 400, 'uid', 'is not a machine'],
  ['PUT', '/faults', ['cat'], 400, 'name', 'There is no fault "cat".'],
  ['PUT', '/faults', [{ name: 'cut', at: 'x' }], 400, 'at', 'Fault "cut": "at" must be one of'],
  ['PUT', '/faults', [7], 400, '0', 'must be a text or an object with a name'],
  ['DELETE', '/faults', undefined, 405, undefined, '/faults takes GET, PUT.'],
  ['GET', '/nowhere', undefined, 404, undefined, 'There is nothing at /nowhere.'],
  ['POST', '/cut', ' '.repeat(70_000), 413, undefined, 'longer than'],
])('%s %s %j is answered with %i', async (method, path, body, status, field, message) => {
  const { simulator } = await stage();
  const answer = await ask(simulator.httpUrl, method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ error: { message: expect.stringContaining(message), ...(field && { field }) } });
});

test('a page of another site may not play the customer', async () => {
  const { simulator } = await stage();
  const headers = { origin: 'http://evil.example' };
  expect((await ask(simulator.httpUrl, 'PUT', '/faults', [], headers)).status).toBe(403);
  expect((await ask(simulator.httpUrl, 'PUT', '/faults', [], { origin: simulator.httpUrl })).status).toBe(200);
});
