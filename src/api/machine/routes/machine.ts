import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::machine.machine', {
  only: ['find', 'findOne', 'create', 'update', 'delete'],
});
