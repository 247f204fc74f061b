/** What operators may do about devices and sales from the panel. */
export const DEVICE_MANAGE = 'plugin::telemetry.device.manage';
export const SALES_DECIDE = 'plugin::telemetry.sales.decide';

/** The permissions as Strapi's administration shows them. */
export const ACTIONS = [
  { uid: DEVICE_MANAGE, displayName: 'Make and revoke the key of a machine’s device' },
  { uid: SALES_DECIDE, displayName: 'Lock and unlock sales at a machine' },
].map(({ uid, displayName }) => ({
  section: 'plugins',
  displayName,
  uid: uid.slice('plugin::telemetry.'.length),
  pluginName: 'telemetry',
}));

const route = (method: string, path: string, handler: string, action: string) => ({
  method,
  path,
  handler,
  config: {
    policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions: [action] } }],
  },
});

export const adminRoutes = {
  type: 'admin',
  routes: [
    route('GET', '/machines/:id/device', 'deviceDesk.look', DEVICE_MANAGE),
    route('POST', '/machines/:id/device-key', 'deviceDesk.make', DEVICE_MANAGE),
    route('DELETE', '/machines/:id/device-key', 'deviceDesk.revoke', DEVICE_MANAGE),
    route('POST', '/machines/:id/lock', 'salesDesk.lock', SALES_DECIDE),
    route('POST', '/machines/:id/unlock', 'salesDesk.unlock', SALES_DECIDE),
  ],
};
