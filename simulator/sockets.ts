import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Cloud } from './cloud/cloud';

/** Where clients connect, as in production. */
export const WS_PATH = '/publicV2';

/** Opens the cloud's WebSocket on a server. Returns a function that drops every socket without ceremony. */
export function openSockets(cloud: Cloud, server: Server): () => void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 * 1024 });
  const unanswered = new Set<Duplex>();

  server.on('upgrade', (request: IncomingMessage, transport: Duplex, head: Buffer) => {
    transport.on('error', () => transport.destroy());
    if (request.url?.split('?')[0] !== WS_PATH) return turnAway(transport, '404 Not Found');
    const fault = cloud.faults.handshake();
    if (fault === '401') return turnAway(transport, '401 Unauthorized');
    if (fault === 'hang') {
      unanswered.add(transport);
      transport.on('close', () => unanswered.delete(transport));
      // Read on, or a client that gives up would never be noticed.
      transport.resume();
      return;
    }
    sockets.handleUpgrade(request, transport, head, (socket) => cloud.accept(socket, transport));
  });

  return () => {
    for (const socket of sockets.clients) socket.terminate();
    for (const transport of unanswered) transport.destroy();
    sockets.close();
  };
}

function turnAway(transport: Duplex, status: string): void {
  transport.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
