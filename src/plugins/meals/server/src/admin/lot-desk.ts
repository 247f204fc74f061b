import type { Core } from '@strapi/strapi';
import type { Context } from '../http/context';
import { decide } from '../http/lots';

type AdminContext = Pick<Context, 'params' | 'request' | 'status' | 'body'>;

/** Lots from the panel: `POST /meals/lots/:id/stop`, `…/release`, `…/recall`. */
export const lotDesk = ({ strapi }: { strapi: Core.Strapi }) => ({
  stop: (ctx: AdminContext) => decide(ctx, 'stop', strapi),
  release: (ctx: AdminContext) => decide(ctx, 'release', strapi),
  recall: (ctx: AdminContext) => decide(ctx, 'recall', strapi),
});
