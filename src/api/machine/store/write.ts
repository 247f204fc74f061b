/** Machines written through Strapi's own documents, so that the panel sees them as its own. */
import type { Core } from '@strapi/strapi';
import { runtime } from '../../../shared/runtime';
import { violatedConstraint } from '../../../shared/sql';
import type { MachineFields } from '../http/machine-requests';

export type Written =
  | { readonly kind: 'written'; readonly id: string }
  | { readonly kind: 'vendor_id_taken' }
  /** An amount without a currency, or a currency without an amount, once the change is made. */
  | { readonly kind: 'half_a_ceiling' }
  | { readonly kind: 'not_found' };

const UID = 'api::machine.machine';

export async function createMachine(strapi: Core.Strapi, fields: MachineFields): Promise<Written> {
  if (isHalf(fields.ceilingAmount, fields.ceilingCurrency)) return { kind: 'half_a_ceiling' };
  return unlessTaken(async () => {
    const { documentId } = await strapi.documents(UID).create({ data: fields as never });
    return documentId;
  });
}

/** @param key a documentId or the vendor's machine id. */
export async function changeMachine(strapi: Core.Strapi, key: string, fields: MachineFields): Promise<Written> {
  const [machine] = await runtime(strapi).database.rows<{ id: string; amount: number | null; currency: string | null }>(
    {
      name: 'machines.for-change',
      text: `select document_id as id, ceiling_amount as amount, ceiling_currency as currency from machines
where document_id = $1 or vendor_id = $1 order by (document_id = $1) desc limit 1`,
    },
    [key],
  );
  if (!machine) return { kind: 'not_found' };
  const { ceilingAmount = machine.amount, ceilingCurrency = machine.currency } = fields;
  if (isHalf(ceilingAmount, ceilingCurrency)) return { kind: 'half_a_ceiling' };
  return unlessTaken(async () => {
    await strapi.documents(UID).update({ documentId: machine.id, data: fields as never });
    return machine.id;
  });
}

async function unlessTaken(write: () => Promise<string>): Promise<Written> {
  try {
    return { kind: 'written', id: await write() };
  } catch (error) {
    if (violatedConstraint(error)?.includes('vendor_id')) return { kind: 'vendor_id_taken' };
    throw error;
  }
}

function isHalf(amount: number | null | undefined, currency: string | null | undefined): boolean {
  return (amount ?? null) === null ? (currency ?? null) !== null : (currency ?? null) === null;
}
