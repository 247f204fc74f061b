import type { Core } from '@strapi/strapi';
import type { AdminContext } from '../../../../../shared/admin';
import { decide, look } from '../http/lots';

/** Lots from the panel: `GET /meals/lots/:id`, `POST /meals/lots/:id/stop`, `…/release`, `…/recall`. */
export const lotDesk = ({ strapi }: { strapi: Core.Strapi }) => ({
  look: (ctx: AdminContext) => look(ctx, strapi),
  stop: (ctx: AdminContext) => decide(ctx, 'stop', strapi),
  release: (ctx: AdminContext) => decide(ctx, 'release', strapi),
  recall: (ctx: AdminContext) => decide(ctx, 'recall', strapi),
});
