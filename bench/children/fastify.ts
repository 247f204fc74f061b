/** Fastify and `pg` with the very statement that Larder runs, and nothing else: no token, no log. */
import Fastify from 'fastify';
import { findView } from '../../src/plugins/purchases/server/src/read/view';
import { openDatabase } from '../../src/shared/sql';

async function main(): Promise<void> {
  const database = openDatabase({ url: process.argv[2] ?? '', maxConnections: 10 });
  const app = Fastify();
  app.get<{ Params: { id: string } }>('/api/transactions/:id', async (request, reply) => {
    const view = await findView(database, request.params.id, null);
    if (!view) return reply.code(404).send({});
    return reply.type('application/json').send(view.json);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }) });
}

void main();
