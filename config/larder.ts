/** What the rooms share. Strapi keeps this file's answer as `larder.*`. */
import { environment } from './environment';

export default () => {
  const env = environment();
  return {
    databaseUrl: env.DATABASE_URL,
    databasePoolMax: env.DATABASE_POOL_MAX,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
    corsOrigins: env.CORS_ORIGINS ?? [],
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    bubbleApiToken: env.BUBBLE_API_TOKEN,
    metricsToken: env.METRICS_TOKEN,
  };
};
