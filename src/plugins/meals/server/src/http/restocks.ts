import type { Core } from '@strapi/strapi';
import { refuse, refuseFields, type Parsed } from '../../../../../shared/http';
import type { RestockOrder, RestockOutcome, RestockParts } from '../restock/call';
import { countStock } from '../restock/count';
import { scanIn } from '../restock/scan-in';
import { scanOut } from '../restock/scan-out';
import { stockPartsOf } from '../services/stock-parts';
import { findFridge } from '../store/fridges';
import { closeRestock, findMovementsOf, findRestock, openRestock } from '../store/restocks';
import { operatorOf, refuseMachine, type Context } from './context';
import { answerRestock, restockView } from './restock-answers';
import { parseCount, parseIn, parseOut, parsePath, parseStart, type RestockCallParts } from './restock-requests';
import type { Fault } from '../core/restock';

/** Restocking by REST: for an API token with the scope, never for a customer. */
export const restocks = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /machines/:id/restocks`: the open one of this caller, or a new one. */
  async start(ctx: Context) {
    const by = operatorOf(ctx);
    if (by === null) return;
    const given = parseStart(ctx.params, ctx.request.body);
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { database } = stockPartsOf(strapi);
    const fridge = await findFridge(database, given.value.id);
    if (!fridge) return refuseMachine(ctx);
    const { restock, isNew } = await openRestock(database, fridge, by, given.value.note);
    ctx.status = isNew ? 201 : 200;
    ctx.body = restockView(restock);
  },

  /** `POST /restocks/:id/in` */
  takeIn: (ctx: Context) => call(ctx, strapi, parseIn, scanIn, ({ index, field }) => `items.${index}.${field}`),

  /** `POST /restocks/:id/out` */
  takeOut: (ctx: Context) => call(ctx, strapi, parseOut, scanOut, ({ index, field }) => `items.${index}.${field}`),

  /** `POST /restocks/:id/count` */
  count: (ctx: Context) => call(ctx, strapi, parseCount, countStock, countField),

  /** `POST /restocks/:id/close` */
  async close(ctx: Context) {
    const by = operatorOf(ctx);
    if (by === null) return;
    const path = parsePath(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const { database } = stockPartsOf(strapi);
    const known = await findRestock(database, path.value.id);
    if (!known) return answerRestock(ctx, { kind: 'restock_not_found' }, countField);
    if (known.startedBy !== by) return answerRestock(ctx, { kind: 'other_restock' }, countField);
    await closeRestock(database, known.documentId);
    const closed = await findRestock(database, known.documentId);
    ctx.status = 200;
    ctx.body = restockView(closed ?? known);
  },

  /** `GET /restocks/:id`, with its movements. */
  async findOne(ctx: Context) {
    if (operatorOf(ctx) === null) return;
    const path = parsePath(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const { database } = stockPartsOf(strapi);
    const restock = await findRestock(database, path.value.id);
    if (!restock) return refuse(ctx, 404, 'restock_not_found', 'There is no such restock.');
    const movements = await findMovementsOf(database, restock.documentId);
    ctx.status = 200;
    ctx.body = { ...restockView(restock), movements };
  },
});

async function call<Body, Answer>(
  ctx: Context,
  strapi: Core.Strapi,
  read: (call: RestockCallParts) => Parsed<RestockOrder<Body>>,
  work: (order: RestockOrder<Body>, parts: RestockParts) => Promise<RestockOutcome<Answer>>,
  fieldOf: (fault: Fault) => string,
): Promise<void> {
  const by = operatorOf(ctx);
  if (by === null) return;
  const { params, request } = ctx;
  const order = read({ params, body: request.body, keyHeader: ctx.get('idempotency-key'), by });
  if (!order.ok) return refuseFields(ctx, order.faults);
  answerRestock(ctx, await work(order.value, stockPartsOf(strapi)), fieldOf);
}

/** `barcodes.3`, or `products.1.quantity`. */
function countField({ index, field, code }: Fault): string {
  if (field === 'barcodes') return `barcodes.${index}`;
  return `products.${index}.${code === 'unknown_product' ? 'sku' : 'quantity'}`;
}
