import type { Notifier } from '../../../../purchases/server/src/ports/notifier';
import { activeKey } from './alert';
import { queues } from './queues';
import { redact } from './redact';

/** The `Notifier` of the purchases: alerts and their ends as jobs. Texts are redacted before they are stored anywhere. */
export const notifier: Notifier = {
  raise(alert) {
    const { message, vendorMessage } = alert;
    const cleaned = {
      ...alert,
      message: redact(message),
      vendorMessage: vendorMessage === null ? null : redact(vendorMessage),
    };
    return { queue: queues.raise, data: cleaned };
  },
  resolve(cause, machineId) {
    return { queue: queues.resolve, data: { cause, machineId }, singletonKey: activeKey(machineId, cause) };
  },
};
