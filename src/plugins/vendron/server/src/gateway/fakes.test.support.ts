/** For the tests without a network: sockets that do what the test says, and a gateway's options. */
import type { FramedSignal, FridgeSignal } from '../../../../purchases/server/src/ports';
import type { GatewayOptions } from './options';
import type { SocketEnd, SocketEvents, SocketFactory } from './socket';

export const TOKEN = 'tok-1234567890abcdef';

export class FakeSocket {
  readonly sent: string[] = [];
  pings = 0;
  closing = false;
  ended = false;

  constructor(private readonly events: SocketEvents) {}

  open(): void {
    this.events.opened();
  }

  say(frame: unknown): void {
    this.events.message(Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)), false);
  }

  pong(): void {
    this.events.alive();
  }

  break(reason = 'broken', permanent = false): void {
    this.end({ reason, permanent });
  }

  /** What the connection asked of the socket. */
  handle(): ReturnType<SocketFactory> {
    return {
      send: (text) => !this.ended && !this.closing && this.sent.push(text) > 0,
      ping: () => void (this.pings += 1),
      close: () => void (this.closing = true),
      terminate: () => this.end({ reason: 'terminated', permanent: false }),
    };
  }

  private end(end: SocketEnd): void {
    if (this.ended) return;
    this.ended = true;
    this.events.closed(end);
  }
}

export class FakeSockets {
  readonly all: FakeSocket[] = [];
  /** Opens each new socket by itself, a microtask after it was asked for. */
  automatic = true;

  readonly factory: SocketFactory = (events) => {
    const socket = new FakeSocket(events);
    this.all.push(socket);
    // Not queueMicrotask, which Jest's fake timers hold back.
    void Promise.resolve().then(() => {
      if (this.automatic && !socket.ended) socket.open();
    });
    return socket.handle();
  };

  get live(): FakeSocket[] {
    return this.all.filter((socket) => !socket.ended);
  }

  at(index: number): FakeSocket {
    const socket = this.all.at(index);
    if (!socket) throw new Error(`No socket ${index}`);
    return socket;
  }
}

export interface Heard {
  readonly orphans: FramedSignal[];
  readonly edges: string[];
  readonly logs: string[];
}

/** Options that a test overrides in part, and what the gateway says through them. */
export function optionsOf(overrides: Partial<GatewayOptions> = {}): { options: GatewayOptions; heard: Heard } {
  const heard: Heard = { orphans: [], edges: [], logs: [] };
  const write = (message: string): void => void heard.logs.push(message);
  const options: GatewayOptions = {
    url: 'ws://127.0.0.1:1',
    token: TOKEN,
    timeoutMs: 1000,
    connectionsMin: 1,
    connectionsMax: 10,
    pingIntervalMs: 30_000,
    acquireTimeoutMs: 500,
    log: { debug: write, info: write, warn: write, error: write },
    onOrphan: (signal) => void heard.orphans.push(signal),
    onUp: () => void heard.edges.push('up'),
    onDown: (reason) => void heard.edges.push(`down: ${reason}`),
    random: () => 0.5,
    ...overrides,
  };
  return { options, heard };
}

/** A listener for a line that keeps what it hears. */
export function listener(): {
  signals: FridgeSignal[];
  kinds: () => string[];
  onSignal: (signal: FridgeSignal) => void;
} {
  const signals: FridgeSignal[] = [];
  return {
    signals,
    kinds: () => signals.map((signal) => signal.kind),
    onSignal: (signal) => void signals.push(signal),
  };
}

/** A result or push as the wire writes it. */
export function success(command: string, json: unknown = {}, ref: unknown = '1649839656'): Record<string, unknown> {
  const json_data = { code: 1, message: 'OK', ...(json as object) };
  return { command, command_data: { status: 1, error_data: [], json_data }, ref };
}

export function failure(
  command: string,
  code: unknown,
  status: unknown = 0,
  ref: unknown = null,
): Record<string, unknown> {
  return { command, command_data: { status, error_data: { code, message: 'No' }, json_data: [] }, ref };
}

export function acknowledgement(respond: string, ref: unknown = null): Record<string, unknown> {
  return { respond, respond_data: { ack_status: 1, ack_code: 'PUBLIC011' }, ref };
}
