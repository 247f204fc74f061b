/** Sockets by `ws`. */
import WebSocket from 'ws';
import type { Socket, SocketEnd, SocketEvents, SocketFactory } from './socket';

/** A larger message ends its connection, in bytes. */
const MAX_PAYLOAD = 16 * 1024 * 1024;

const OPTIONS: WebSocket.ClientOptions = {
  maxPayload: MAX_PAYLOAD,
  // Compression would cost each connection hundreds of kilobytes for frames of a few hundred bytes.
  perMessageDeflate: false,
  // Bytes that are not UTF-8 are to be stored as malformed, not to end the connection of a purchase.
  skipUTF8Validation: true,
  // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 would change the default.
  rejectUnauthorized: true,
};

/** Sockets to `url`. The caller bounds the handshake in time. */
export function createWsSockets(url: string): SocketFactory {
  return (events) => openSocket(url, events);
}

function openSocket(url: string, events: SocketEvents): Socket {
  const socket = new WebSocket(url, OPTIONS);
  let end: SocketEnd | null = null;

  socket.on('open', () => events.opened());
  socket.on('message', (data: Buffer, binary) => events.message(data, binary));
  socket.on('ping', () => events.alive());
  socket.on('pong', () => events.alive());
  socket.on('unexpected-response', (_request, response) => {
    end = refusalOf(response.statusCode ?? 0);
    response.destroy();
    socket.terminate();
  });
  // `ws` always follows an error with a close; the error is what says why.
  socket.on('error', (error) => {
    end ??= endOf(error);
  });
  socket.on('close', (code) => events.closed(end ?? { reason: `closed by the cloud (${code})`, permanent: false }));

  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text, noop);
      return true;
    },
    ping: () => socket.ping(undefined, undefined, noop),
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  };
}

/** Write errors are reported by the close that follows. */
function noop(): void {}

/** Why a handshake was answered with something other than an upgrade. */
export function refusalOf(status: number): SocketEnd {
  return {
    reason: `the cloud answered the handshake with HTTP ${status}`,
    permanent: status === 401 || status === 403,
  };
}

/** Why a socket failed. Node names certificate faults in many ways, all of them in the error's code. */
export function endOf(error: Error): SocketEnd {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const permanent = code !== null && /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/.test(code);
  return { reason: code ?? error.message, permanent };
}
