/** Purchases: the state machine, its history, and everything that decides over a door. */
import { services } from './services';
import { readSettings } from './services/settings';

export default {
  config: {
    default: {},
    validator: (config: unknown) => void readSettings(config),
  },
  services,
};
