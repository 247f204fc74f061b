import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Cloud } from '../cloud/cloud';
import { sendAsset } from './assets';
import { Problem, problemOf } from './problem';
import { activeFaults, ROUTES } from './routes';
import { Stream } from './stream';

/** Serves the page and the control API on a server. Returns a function that ends what is kept open. */
export function serve(cloud: Cloud, server: Server): () => void {
  const stream = new Stream(cloud);
  server.on('request', (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method === 'GET' && path === '/events') return stream.open(response);
    if (request.method === 'GET' && sendAsset(path, response)) return;
    answer(cloud, request, path)
      .then((body) => {
        send(response, 200, body);
        if (request.method === 'PUT' && path === '/faults') stream.send('faults', activeFaults(cloud));
      })
      .catch((error: unknown) => {
        const { status, message, field } = problemOf(error);
        if (status === 500) cloud.journal.note(`could not answer: ${String(error)}`);
        send(response, status, { error: { message, ...(field !== undefined && { field }) } });
      });
  });
  return () => stream.close();
}

async function answer(cloud: Cloud, request: IncomingMessage, path: string): Promise<unknown> {
  refuseOtherSites(request);
  const [, room, name, act] = path.split('/');
  const inMachines = room === 'machines' && name !== undefined;
  const pattern = inMachines ? `/machines/:uid${act === undefined ? '' : `/${act}`}` : path;
  const handler = ROUTES[`${request.method} ${pattern}`];
  if (handler) return handler({ cloud, request, uid: inMachines ? decode(name) : '' });

  const others = Object.keys(ROUTES).filter((key) => key.endsWith(` ${pattern}`));
  if (others.length === 0) throw new Problem(404, `There is nothing at ${path}.`);
  throw new Problem(405, `${path} takes ${others.map((key) => key.split(' ')[0]).join(', ')}.`);
}

/** A page from elsewhere, open in the same browser, has no business here. */
function refuseOtherSites({ headers: { origin, host } }: IncomingMessage): void {
  if (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host)
    throw new Problem(403, 'Another site may not ask this.', 'origin');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem(400, `"${part}" is not a machine's uid.`, 'uid');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
