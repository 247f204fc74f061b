/** Vendron: the way to the fridges. */
import { services } from './services';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  services,
};
