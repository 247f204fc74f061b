/**
 * Larder itself: the built application in this folder, served until it is told to stop. Strapi's own command line does no
 * more for `start`, but loads every other command first, which is half of the processor time of a start.
 */
import path from 'node:path';
import { createStrapi } from '@strapi/strapi';

const appDir = process.cwd();

createStrapi({ appDir, distDir: path.join(appDir, 'dist') })
  .start()
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
