import type { Core } from '@strapi/strapi';
import { refuseFields } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import { getService as billing } from '../../../../billing/server/src/services';
import { refuseOperator } from '../admin/refusals';
import { decideLot, type LotDecision, type LotOutcome } from '../lots/decide';
import { lookAtLot, type LotView } from '../lots/view';
import { stockPartsOf } from '../services/stock-parts';
import { searchLots } from '../store/lots';
import { operatorOf, type Context } from './context';
import { parseLot, parseLotOrder, parseLotSearch } from './lot-requests';

/** Lots by REST: for an API token with the scope. */
export const lots = ({ strapi }: { strapi: Core.Strapi }) => {
  const decideAs = (decision: LotDecision) => async (ctx: Context) => {
    if (operatorOf(ctx) !== null) await decide(ctx, decision, strapi);
  };
  return {
    /** `GET /lots?code=&sku=` */
    async find(ctx: Context) {
      if (operatorOf(ctx) === null) return;
      const asked = parseLotSearch(ctx.query);
      if (!asked.ok) return refuseFields(ctx, asked.faults);
      const found = await searchLots(stockPartsOf(strapi).database, asked.value);
      ctx.status = 200;
      ctx.body = { data: found.map(({ id: _row, documentId, ...lot }) => ({ id: documentId, ...lot })) };
    },
    /** `POST /lots/:id/stop` */
    stop: decideAs('stop'),
    /** `POST /lots/:id/release` */
    release: decideAs('release'),
    /** `POST /lots/:id/recall` */
    recall: decideAs('recall'),
  };
};

/** The same for the panel. */
export async function decide(
  ctx: Pick<Context, 'params' | 'request' | 'status' | 'body'>,
  decision: LotDecision,
  strapi: Core.Strapi,
): Promise<void> {
  const order = parseLotOrder(ctx.params, ctx.request.body, decision);
  if (!order.ok) return refuseFields(ctx, order.faults);
  answerLot(ctx, await decideLot(order.value, stockPartsOf(strapi)));
}

/** For the panel: what a recall would be about, or is about. */
export async function look(ctx: Pick<Context, 'params' | 'status' | 'body'>, strapi: Core.Strapi): Promise<void> {
  const path = parseLot(ctx.params);
  const lot = path.ok ? await lookAtLot(stockPartsOf(strapi).database, path.value.id) : null;
  if (!lot) return refuseOperator(ctx, 404, 'lot_not_found', 'There is no such lot.');
  ctx.status = 200;
  ctx.body = { ...lotAnswer(lot), refundsBuyers: billing(strapi, 'refunds').request !== null };
}

function lotAnswer({ buyers, ...lot }: LotView) {
  return { ...lot, buyers: buyers.map(({ quantity: _n, ...buyer }) => buyer) };
}

function answerLot(ctx: Pick<Context, 'status' | 'body'>, outcome: LotOutcome): void {
  switch (outcome.kind) {
    case 'decided': {
      ctx.status = 200;
      ctx.body = lotAnswer(outcome.lot);
      return;
    }
    case 'lot_not_found':
      return refuseOperator(ctx, 404, 'lot_not_found', 'There is no such lot.');
    case 'lot_recalled':
      return refuseOperator(ctx, 409, 'lot_recalled', 'This lot is recalled, which is for good.');
    default:
      return unreachable(outcome);
  }
}
