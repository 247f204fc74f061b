import type { Core } from '@strapi/strapi';
import { administrator, type AdminContext } from '../../../../../shared/admin';
import { refuseFields } from '../../../../../shared/http';
import type { Sql } from '../../../../../shared/sql';
import { parseMachine } from '../http/requests';
import { telemetryOf } from '../services/room';
import { deviceKeysOf, makeDeviceKey, revokeDeviceKeys } from '../store/device-keys';
import { lookAtDevice } from '../store/device-look';
import { findMachineId, holdMachine } from '../store/watched';
import { refuseOperator } from './refusals';

/** The key of a machine's device, from the panel. */
export const deviceDesk = ({ strapi }: { strapi: Core.Strapi }) => {
  /** Finds the machine and answers 200 with what `work` makes of it, in one transaction that holds the machine. */
  const at = async (ctx: AdminContext, work: (sql: Sql, machineId: number) => Promise<unknown>) => {
    const path = parseMachine(ctx.params);
    if (!path.ok) return refuseFields(ctx, path.faults);
    const answer = await telemetryOf(strapi).parts.database.transaction(async (sql) => {
      const id = await findMachineId(sql, path.value.id);
      const machine = id === undefined ? undefined : await holdMachine(sql, id);
      return machine && (await work(sql, machine.id));
    });
    if (answer === undefined) return refuseOperator(ctx, 404, 'machine_not_found', 'There is no such machine.');
    ctx.status = 200;
    ctx.body = answer;
  };

  return {
    /** `GET /telemetry/machines/:id/device`: its keys, without the keys themselves, and what it last said of itself. */
    look: (ctx: AdminContext) => at(ctx, lookAtDevice),

    /** `POST /telemetry/machines/:id/device-key`: the only answer that ever holds the key. */
    make: (ctx: AdminContext) =>
      at(ctx, async (sql, machineId) => {
        const made = await makeDeviceKey(sql, machineId, administrator(ctx));
        return { ...made, keys: await deviceKeysOf(sql, machineId) };
      }),

    /** `DELETE /telemetry/machines/:id/device-key`: ends every key at once. */
    revoke: (ctx: AdminContext) =>
      at(ctx, async (sql, machineId) => ({ revoked: await revokeDeviceKeys(sql, machineId), keys: [] })),
  };
};
