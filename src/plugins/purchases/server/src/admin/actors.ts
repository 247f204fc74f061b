import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { ACTOR, actorName, type AdminContext } from '../../../../../shared/admin';
import { parse, refuseFields } from '../../../../../shared/http';

const asked = z.object({ actor: z.string().regex(ACTOR, 'must be like admin:2 or token:3') });

/** `GET /purchases/actors/:actor`: who the books mean, e.g. by `admin:2`. `name` is null where nobody is called so any more. */
export const actors = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: AdminContext) {
    const given = parse(asked, ctx.params);
    if (!given.ok) return refuseFields(ctx, given.faults);
    ctx.status = 200;
    ctx.body = { name: await actorName(strapi, given.value.actor) };
  },
});
