import { adminRoute } from '../../../../../shared/admin';

/** What operators may do about devices and sales from the panel. */
export const DEVICE_MANAGE = 'plugin::telemetry.device.manage';
export const SALES_DECIDE = 'plugin::telemetry.sales.decide';

/** The permissions as Strapi's administration shows them. */
export const PERMISSIONS = [
  { uid: DEVICE_MANAGE, displayName: 'Make and revoke the key of a machine’s device' },
  { uid: SALES_DECIDE, displayName: 'Lock and unlock sales at a machine' },
] as const;

/** Below `/telemetry`. */
export const adminRoutes = {
  type: 'admin',
  routes: [
    adminRoute('GET', '/machines/:id/device', 'deviceDesk.look', DEVICE_MANAGE),
    adminRoute('POST', '/machines/:id/device-key', 'deviceDesk.make', DEVICE_MANAGE),
    adminRoute('DELETE', '/machines/:id/device-key', 'deviceDesk.revoke', DEVICE_MANAGE),
    adminRoute('POST', '/machines/:id/lock', 'salesDesk.lock', SALES_DECIDE),
    adminRoute('POST', '/machines/:id/unlock', 'salesDesk.unlock', SALES_DECIDE),
  ],
};
