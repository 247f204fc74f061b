/**
 * An adapter to Vendron as such adapters are usually written inside Strapi, small and working: a new WebSocket for each
 * command, and each frame and each change written through the Document Service before the next is looked at. It keeps none of
 * Larder's promises (no fence, no deadline, no resume); only its cost is of interest.
 */
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { WebSocket } from 'ws';

interface Frame {
  readonly command?: string;
  readonly respond?: string;
  readonly command_data?: { readonly json_data?: { readonly data?: Record<string, unknown> } };
}

interface Context {
  readonly request: { readonly body: { readonly machine: string; readonly customer: string } };
  body: unknown;
}

type Fields = Record<string, unknown>;

/** The few calls of the Document Service that it needs, on any content type. */
interface Documents {
  findFirst(query: Fields): Promise<{ documentId: string } | null>;
  create(entry: { data: Fields }): Promise<{ documentId: string }>;
  update(entry: { documentId: string; data: Fields }): Promise<unknown>;
}

/** The handler of `POST /adapter/open`; answers when the door is open. `ended` is called when the purchase is. */
export function createAdapter(app: Core.Strapi, url: string, ended: (id: string) => void) {
  const documents = (uid: string) => app.documents(uid as 'api::transaction.transaction') as unknown as Documents;

  return async (ctx: Context) => {
    const { machine: vendorId, customer } = ctx.request.body;
    const machine = await documents('api::machine.machine').findFirst({ filters: { vendorId } });
    const user = await findOrMakeUser(customer);
    const { documentId } = await documents('api::transaction.transaction').create({
      data: {
        ref: randomUUID(),
        state: 'requested',
        machine: machine?.documentId,
        user,
        authorizedAmount: 10_000,
        currency: 'EUR',
      },
    });
    const update = (data: Fields) => documents('api::transaction.transaction').update({ documentId, data });
    const store = (frame: Fields, kind: string) =>
      documents('api::event.event').create({
        data: {
          name: String(frame.command ?? frame.respond),
          kind,
          outcome: 'success',
          data: frame,
          receivedAt: new Date(),
          transaction: documentId,
          machine: machine?.documentId,
          user,
        },
      });

    const session = await new Promise<unknown>((resolve, reject) => {
      command(url, frameOf('smart_fridge_request', vendorId), store, reject, async (frame, socket) => {
        if (frame.command !== 'smart_fridge_request_begun') return;
        socket.close();
        resolve(frame.command_data?.json_data?.data?.session);
      });
    });
    await new Promise<void>((resolve, reject) => {
      command(url, frameOf('smart_fridge_door_open', vendorId, session), store, reject, async (frame, socket) => {
        if (frame.command === 'smart_fridge_door_open_success') {
          await update({ state: 'open', door: 'unlocked', openedAt: new Date() });
          resolve();
        }
        if (frame.command === 'smart_fridge_door_close_success') await update({ state: 'closed', door: 'locked' });
        if (frame.command !== 'smart_fridge_request_completed') return;
        await complete(documentId, frame.command_data?.json_data?.data ?? {});
        socket.close();
        ended(documentId);
      });
    });
    ctx.body = { id: documentId };
  };

  async function findOrMakeUser(customer: string): Promise<string> {
    const users = documents('plugin::users-permissions.user');
    const found = await users.findFirst({ filters: { customerId: customer } });
    if (found) return found.documentId;
    const data = { username: customer, email: `${customer}@example.com`, customerId: customer, provider: 'local' };
    return (await users.create({ data })).documentId;
  }

  async function complete(transaction: string, report: Fields): Promise<void> {
    let totalAmount = 0;
    for (const item of (report.transaction_product ?? []) as { vpn: string; unit_price: string; name: string }[]) {
      const product = await documents('api::product.product').findFirst({ filters: { sku: item.vpn } });
      const amount = Math.round(Number(item.unit_price) * 100);
      totalAmount += amount;
      const line = { sku: item.vpn, name: item.name, quantity: 1, unitAmount: amount, amount, currency: 'EUR' };
      await documents('api::transaction.line').create({ data: { ...line, transaction, product: product?.documentId } });
    }
    await documents('api::transaction.transaction').update({
      documentId: transaction,
      data: { state: 'completed', totalAmount, completedAt: new Date() },
    });
  }
}

/** Sends one command on a new connection; every frame is stored, then looked at, one after another. */
function command(
  url: string,
  frame: Fields,
  store: (frame: Fields, kind: string) => Promise<unknown>,
  fail: (error: Error) => void,
  look: (frame: Frame, socket: WebSocket) => Promise<void>,
): void {
  const socket = new WebSocket(url);
  let chain: Promise<unknown> = Promise.resolve();
  socket.on('error', fail);
  socket.on('open', () => {
    chain = chain
      .then(() => store(frame, 'command'))
      .then(() => socket.send(JSON.stringify(frame)))
      .catch(fail);
  });
  socket.on('message', (data: Buffer) => {
    const heard = JSON.parse(data.toString()) as Frame;
    chain = chain
      .then(() => store({ ...heard }, 'respond' in heard ? 'acknowledgement' : 'result'))
      .then(() => look(heard, socket))
      .catch(fail);
  });
}

function frameOf(name: string, machine: string, session?: unknown): Fields {
  const payment = {
    payment_name: 'STRIPE',
    currency: 'EUR',
    total_amount: '100',
    payment_detail: '',
    notification_url: '',
  };
  return {
    command: name,
    command_data: { public_api_token: 'token', machine_uid: machine, session, ...payment },
    ref: randomUUID(),
  };
}
