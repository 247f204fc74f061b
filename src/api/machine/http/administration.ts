/** Machines by REST: found, made, changed, and removed where nothing ever happened at them. */
import type { Core } from '@strapi/strapi';
import { parse, refuseFields, storableText } from '../../../shared/http';
import { runtime } from '../../../shared/runtime';
import { removeMachine } from '../store/remove';
import { findMachineJson, searchMachines } from '../store/search';
import { changeMachine, createMachine, type Written } from '../store/write';
import {
  refuseCeiling,
  refuseHistory,
  refuseMachine,
  refuseTaken,
  sendMachine,
  type JsonAnswer,
} from './machine-answers';
import { parseMachineChange, parseMachineSearch, parseNewMachine } from './machine-requests';

interface Call extends JsonAnswer {
  readonly params?: { readonly id?: string };
  readonly query?: unknown;
  readonly request: { readonly body?: unknown };
}

const machineKey = storableText(120);

export function machineAdministration(strapi: Core.Strapi) {
  const sql = () => runtime(strapi).database;
  const answer = async (ctx: Call, written: Written, status: number) => {
    switch (written.kind) {
      case 'written':
        return sendMachine(ctx, await findMachineJson(sql(), written.id), status);
      case 'vendor_id_taken':
        return refuseTaken(ctx);
      case 'half_a_ceiling':
        return refuseCeiling(ctx);
      case 'not_found':
        return refuseMachine(ctx);
    }
  };
  return {
    /** `GET /machines` */
    async find(ctx: Call) {
      const search = parseMachineSearch(ctx.query);
      if (!search.ok) return refuseFields(ctx, search.faults);
      sendMachine(ctx, await searchMachines(sql(), search.value));
    },

    /** `GET /machines/:id` */
    async findOne(ctx: Call) {
      const key = parse(machineKey, ctx.params?.id);
      sendMachine(ctx, key.ok ? await findMachineJson(sql(), key.value) : undefined);
    },

    /** `POST /machines` */
    async create(ctx: Call) {
      const fields = parseNewMachine(ctx.request.body);
      if (!fields.ok) return refuseFields(ctx, fields.faults);
      await answer(ctx, await createMachine(strapi, fields.value), 201);
    },

    /** `PUT /machines/:id` */
    async update(ctx: Call) {
      const key = parse(machineKey, ctx.params?.id);
      if (!key.ok) return refuseMachine(ctx);
      const fields = parseMachineChange(ctx.request.body);
      if (!fields.ok) return refuseFields(ctx, fields.faults);
      await answer(ctx, await changeMachine(strapi, key.value, fields.value), 200);
    },

    /** `DELETE /machines/:id` */
    async delete(ctx: Call) {
      const key = parse(machineKey, ctx.params?.id);
      const removal = key.ok ? await removeMachine(sql(), key.value) : 'not_found';
      if (removal === 'not_found') return refuseMachine(ctx);
      if (removal === 'has_history') return refuseHistory(ctx);
      ctx.status = 204;
      ctx.body = null;
    },
  };
}
