/** `strapi build` for production, told that it is a build: see config/environment/build-time.ts. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const strapi = path.resolve(import.meta.dirname, '..', 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');
const { status } = spawnSync(process.execPath, [strapi, 'build'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', LARDER_BUILD: 'true', STRAPI_TELEMETRY_DISABLED: 'true' },
});
process.exit(status ?? 1);
