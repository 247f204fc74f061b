import type { Core } from '@strapi/strapi';
import { refuse, refuseFields } from '../../../../../shared/http';
import { importDelivery } from '../deliveries/import';
import { stockPartsOf } from '../services/stock-parts';
import { findFridge } from '../store/fridges';
import { operatorOf, refuseMachine, type Context } from './context';
import { fieldInFile, parseDelivery } from './delivery-requests';

export const deliveries = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /machines/:id/deliveries` */
  async create(ctx: Context) {
    const by = operatorOf(ctx);
    if (by === null) return;
    const { body } = ctx.request;
    const given = parseDelivery(ctx.params, ctx.query, body);
    if (!given.ok) return refuseFields(ctx, given.faults);
    const { machineKey, ...delivery } = given.value;
    const parts = stockPartsOf(strapi);
    const fridge = await findFridge(parts.database, machineKey);
    if (!fridge) return refuseMachine(ctx);
    const report = await importDelivery({ ...delivery, fridge, by }, parts);
    if (!report) return refuse(ctx, 409, 'conflict', 'Somebody else moves these meals right now. Please try again.');
    const isFile = typeof body === 'string';
    const bad = report.bad.map((row) => (isFile ? { ...row, field: fieldInFile(row.field) } : row));
    if (delivery.isStrict && bad.length > 0 && !delivery.isDryRun) {
      const { rows, repeated } = report;
      return refuse(ctx, 400, 'bad_rows', 'Some rows are not good, so none was stored.', { rows, repeated, bad });
    }
    ctx.status = 200;
    ctx.body = { ...report, bad };
  },
});
