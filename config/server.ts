import { environment } from './environment';

export default () => {
  const env = environment();
  return {
    host: env.HOST,
    port: env.PORT,
    url: env.PUBLIC_URL,
    app: { keys: env.APP_KEYS },
    // Behind a load balancer the client's address and scheme come from X-Forwarded-*.
    proxy: { koa: env.PUBLIC_URL !== undefined },
    logger: {
      config: { level: env.LOG_LEVEL },
      updates: { enabled: false },
      startup: { enabled: env.NODE_ENV === 'development' },
    },
    transfer: { remote: { enabled: false } },
    cron: { enabled: false },
  };
};
