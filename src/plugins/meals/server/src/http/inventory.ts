import type { Core } from '@strapi/strapi';
import { refuseFields } from '../../../../../shared/http';
import { stockPartsOf } from '../services/stock-parts';
import { findFridge } from '../store/fridges';
import { findInventory } from '../store/levels';
import { operatorOf, refuseMachine, type Context } from './context';
import { parsePath } from './restock-requests';

export const inventory = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /machines/:id/inventory`: what a machine holds, by product. */
  async find(ctx: Context) {
    if (operatorOf(ctx) === null) return;
    const path = parsePath(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const { database } = stockPartsOf(strapi);
    const fridge = await findFridge(database, path.value.id);
    if (!fridge) return refuseMachine(ctx);
    const data = await findInventory(database, fridge.documentId);
    const sum = (of: 'count' | 'reserved') => data.reduce((total, line) => total + line[of], 0);
    ctx.status = 200;
    ctx.body = {
      data,
      meta: {
        machine: { id: fridge.documentId, vendorId: fridge.vendorId, label: fridge.label },
        products: data.length,
        count: sum('count'),
        reserved: sum('reserved'),
      },
    };
  },
});
