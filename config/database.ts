import { environment } from './environment';

export default () => {
  const env = environment();
  if (env.DATABASE_URL === undefined) {
    throw new Error(
      'DATABASE_URL is missing. `npm run develop`, `npm start` and `npm run strapi -- …` start a database where it is absent.',
    );
  }
  return {
    connection: {
      client: 'postgres',
      connection: {
        connectionString: env.DATABASE_URL,
        statement_timeout: 15_000,
        query_timeout: 16_000,
        connectionTimeoutMillis: 5000,
      },
      pool: { min: 0, max: env.DATABASE_POOL_MAX },
      acquireConnectionTimeout: 5000,
    },
    settings: {
      // A content type that is removed from the code keeps its table: history is not dropped by a deploy.
      forceMigration: false,
    },
  };
};
