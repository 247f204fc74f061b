import type { Core } from '@strapi/strapi';
import { callerOf, refuse, refuseFields } from '../../../../../shared/http';
import { lock, unlock } from '../conduct/decide-sales';
import { verdictOf } from '../core/verdict';
import { telemetryOf } from '../services/room';
import { readChart } from '../store/chart';
import { readHealth } from '../store/health';
import { answerDecision } from './decision-answers';
import { parseChart, parseDecision, parseMachine } from './requests';

interface Context {
  params: unknown;
  query: unknown;
  request: { body?: unknown };
  state: Parameters<typeof callerOf>[0];
  status: number;
  body: unknown;
  type: string;
}

const refuseUnknown = (ctx: Context) => refuse(ctx, 404, 'machine_not_found', 'There is no such machine.');

/** What a front end or an operator's script asks about a machine's climate: for an API token with the scope. */
export const machines = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /machines/:id/readings` */
  async readings(ctx: Context) {
    const asked = parseChart(ctx.params, ctx.query);
    if (!asked.ok) return refuseFields(ctx, asked.faults);
    const chart = await readChart(telemetryOf(strapi).parts.database, asked.value);
    if (chart === undefined) return refuseUnknown(ctx);
    ctx.status = 200;
    ctx.type = 'application/json';
    ctx.body = chart;
  },

  /** `GET /machines/:id/health` */
  async health(ctx: Context) {
    const path = parseMachine(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const { parts } = telemetryOf(strapi);
    const found = await readHealth(parts.database, path.value.id, parts.ports().inventory);
    if (!found) return refuseUnknown(ctx);
    const { health, facts } = found;
    ctx.status = 200;
    ctx.body = { ...health, ...verdictOf({ ...facts, incidents: health.incidents.length }) };
  },

  /** `POST /machines/:id/lock` */
  lock: (ctx: Context) => decide(ctx, lock, strapi),

  /** `POST /machines/:id/unlock` */
  unlock: (ctx: Context) => decide(ctx, unlock, strapi),
});

async function decide(ctx: Context, work: typeof lock, strapi: Core.Strapi): Promise<void> {
  const caller = callerOf(ctx.state);
  if (caller.kind !== 'front_end') return refuse(ctx, 403, 'forbidden', 'Only an API token may lock or unlock sales.');
  const given = parseDecision(ctx.params, ctx.request.body);
  if (!given.ok) return refuseFields(ctx, given.faults);
  const { id, reason } = given.value;
  answerDecision(ctx, await work({ machineKey: id, reason, by: caller.name }, telemetryOf(strapi).parts));
}
