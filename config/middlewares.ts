import { environment } from './environment';

export default () => {
  const env = environment();
  return [
    'strapi::logger',
    'global::error-codes',
    'strapi::errors',
    'global::known-failures',
    'strapi::security',
    // Strapi reflects any origin, with credentials, until it is given a list.
    {
      name: 'strapi::cors',
      config: {
        origin: env.CORS_ORIGINS ?? [],
        headers: ['Content-Type', 'Authorization', 'Accept', 'Idempotency-Key', 'Last-Event-ID'],
        keepHeadersOnError: true,
      },
    },
    'strapi::query',
    {
      name: 'strapi::body',
      config: {
        jsonLimit: '256kb',
        formLimit: '256kb',
        // The CSV of a delivery.
        textLimit: '1mb',
        formidable: { maxFileSize: 20 * 1024 * 1024 },
      },
    },
    'strapi::session',
    'strapi::favicon',
    'strapi::public',
  ];
};
