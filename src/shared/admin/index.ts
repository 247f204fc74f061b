export { ACTOR, actorName } from './actor-name';
export { administrator, type AdminContext } from './context';
export { offerPermissions, type AdminPermission } from './permissions';
export { adminRoute } from './routes';
export { refusing } from './refusals';
