import type { OpenRequest } from '../../../plugins/purchases/server/src/services';

interface Order {
  readonly payment: {
    readonly provider: string;
    readonly paymentIntentId?: string | null | undefined;
    readonly amount?: number | null | undefined;
    readonly currency?: string | null | undefined;
  };
  readonly referralCode?: string | null | undefined;
  readonly expertId?: string | null | undefined;
}

/** What a request says whoever it is for. */
export function requestOf(
  machineKey: string,
  { payment, referralCode, expertId }: Order,
  caller: string,
  key: string | null,
): Omit<OpenRequest, 'customer' | 'requestHash'> {
  return {
    machineKey,
    amount: payment.amount ?? null,
    currency: payment.currency ?? null,
    paymentProvider: payment.provider,
    paymentIntentId: payment.paymentIntentId ?? null,
    payment,
    referralCode: referralCode ?? null,
    expertId: expertId ?? null,
    caller,
    idempotencyKey: key,
  };
}
