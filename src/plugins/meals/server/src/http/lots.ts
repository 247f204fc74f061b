import type { Core } from '@strapi/strapi';
import { refuseFields } from '../../../../../shared/http';
import { unreachable } from '../../../../../shared/outcomes';
import { refuseOperator } from '../admin/refusals';
import { decideLot, type LotDecision, type LotOutcome } from '../lots/decide';
import { stockPartsOf } from '../services/stock-parts';
import { searchLots } from '../store/lots';
import { operatorOf, type Context } from './context';
import { parseLotOrder, parseLotSearch } from './lot-requests';

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

function answerLot(ctx: Pick<Context, 'status' | 'body'>, outcome: LotOutcome): void {
  switch (outcome.kind) {
    case 'decided': {
      const { buyers, ...lot } = outcome.lot;
      ctx.status = 200;
      ctx.body = { ...lot, buyers: buyers.map(({ quantity: _n, isOneLine: _one, ...buyer }) => buyer) };
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
