import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'page');
const FILES: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
  '/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
  '/fridge.css': { file: 'fridge.css', type: 'text/css; charset=utf-8' },
  '/app.js': { file: 'app.js', type: 'text/javascript; charset=utf-8' },
  '/view.js': { file: 'view.js', type: 'text/javascript; charset=utf-8' },
  '/faults.js': { file: 'faults.js', type: 'text/javascript; charset=utf-8' },
  '/device.css': { file: 'device.css', type: 'text/css; charset=utf-8' },
  '/ask.js': { file: 'ask.js', type: 'text/javascript; charset=utf-8' },
  '/meals.js': { file: 'meals.js', type: 'text/javascript; charset=utf-8' },
  '/signal.js': { file: 'signal.js', type: 'text/javascript; charset=utf-8' },
  '/reader.js': { file: 'reader.js', type: 'text/javascript; charset=utf-8' },
  '/sensors.js': { file: 'sensors.js', type: 'text/javascript; charset=utf-8' },
  '/line.js': { file: 'line.js', type: 'text/javascript; charset=utf-8' },
  '/device-words.js': { file: 'device-words.js', type: 'text/javascript; charset=utf-8' },
  '/words.js': { file: 'words.js', type: 'text/javascript; charset=utf-8' },
};

/** Sends a file of the page. Returns false where the path is none of them. */
export function sendAsset(path: string, response: ServerResponse): boolean {
  const asset = FILES[path];
  if (!asset) return false;
  response.writeHead(200, {
    'content-type': asset.type,
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(readFileSync(join(FOLDER, asset.file)));
  return true;
}
