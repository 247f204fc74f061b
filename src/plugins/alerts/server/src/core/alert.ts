import { z } from 'zod';
import type { Alert, AlertCause } from '../../../../purchases/server/src/ports/notifier';
import { causes } from './causes';

const causeSchema = z.enum(Object.keys(causes) as [AlertCause, ...AlertCause[]]);

const alertSchema: z.ZodType<Alert> = z.object({
  cause: causeSchema,
  severity: z.enum(['notice', 'warning', 'urgent']),
  occurrence: z.string().min(1),
  machineId: z.string().nullable(),
  transactionId: z.string().nullable(),
  customerId: z.string().nullable(),
  message: z.string(),
  vendorMessage: z.string().nullable(),
});

const resolutionSchema = z.object({ cause: causeSchema, machineId: z.string().nullable() });

/** Reads the data of a job of `alerts.raise`. @throws where it is none: the job is then kept as failed. */
export const readAlert = (data: unknown): Alert => alertSchema.parse(data);

/** Reads the data of a job of `alerts.resolve`. */
export const readResolution = (data: unknown) => resolutionSchema.parse(data);

/** What one open incident stands for: a cause at a machine, or a cause that belongs to no machine. */
export function activeKey(machineId: string | null, cause: AlertCause): string {
  return `${machineId ?? 'none'}:${cause}`;
}
