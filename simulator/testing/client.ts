import { WebSocket } from 'ws';
import { COMMANDS, STEPS, type Step } from '../wire/names';

/** A frame as a client sees it, read loosely: tests look at what is wrong with it, too. */
export interface Heard {
  raw: string;
  binary: boolean;
  /** `command` or, of an acknowledgement, `respond`. */
  name: string | undefined;
  ack: boolean;
  ref: unknown;
  hasRef: boolean;
  status: unknown;
  error: { code?: unknown };
  json: Record<string, unknown> & { data?: Record<string, unknown>; list?: Basket };
}

type Basket = { vpn: string; unit_price: unknown; name: string }[];

/** Short names for what comes from the cloud. */
export const NAMES = {
  taken: 'smart_fridge_product_taken',
  closed: 'smart_fridge_door_close_success',
  completed: 'smart_fridge_request_completed',
  begun: 'smart_fridge_request_begun',
  opened: 'smart_fridge_door_open_success',
} as const;

/** A plain client on a real socket, for tests. */
export class Client {
  readonly heard: Heard[] = [];
  readonly closed: Promise<number>;
  isClosed = false;
  private wake: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('close', () => (this.isClosed = true));
    socket.on('error', () => undefined);
    socket.on('message', (data, binary) => {
      this.heard.push(read(data.toString(), binary));
      this.wake.splice(0).forEach((each) => each());
    });
  }

  /** Connects. Rejects where the handshake fails. */
  static async connect(url: string): Promise<Client> {
    const socket = new WebSocket(url, { maxPayload: 128 * 1024 * 1024 });
    const client = new Client(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  /** Sends a command with sensible fields; `more` overrides them. */
  send(step: Step, uid: string, more: Record<string, unknown> = {}, ref: unknown = `ref-${uid}`): void {
    const payment = {
      payment_name: 'STRIPE',
      currency: 'EUR',
      total_amount: '25',
      payment_detail: '',
      notification_url: '',
    };
    const data = { public_api_token: 'secret-token', machine_uid: uid, ...(step !== 'check' && payment), ...more };
    this.socket.send(JSON.stringify({ command: STEPS[step], command_data: data, ref }));
  }

  /** The next result (not acknowledgement) after those already asked for, of that name where one is given. */
  async next(name?: string): Promise<Heard> {
    const found = await this.until(() =>
      this.heard.find((each) => !each.ack && !this.asked.has(each) && (!name || each.name === name)),
    );
    this.asked.add(found);
    return found;
  }

  /** Waits until something can be found among what was heard. Rejects after two seconds. */
  async until<T>(find: () => T | undefined): Promise<T> {
    const deadline = Date.now() + 2_000;
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`Not heard. Heard: ${this.names().join(', ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.wake.push(() => (clearTimeout(timer), resolve()));
      });
    }
  }

  /** Begins a session and opens the door; resolves to the session's id. */
  async open(uid: string): Promise<string> {
    this.send('request', uid);
    const session = String((await this.next(NAMES.begun)).json.data?.session);
    this.send('door', uid, { session });
    await this.next(NAMES.opened);
    return session;
  }

  /** The names of the results and pushes heard, in order. */
  names(): (string | undefined)[] {
    return this.heard.filter((each) => !each.ack).map((each) => each.name);
  }

  /** Whether a command is answered at all: a way to know that everything sent before has arrived. */
  async roundTrip(uid: string): Promise<void> {
    const before = this.heard.length;
    this.send('check', uid, {}, 'round-trip');
    await this.until(() => this.heard.slice(before).find((each) => each.name?.startsWith(COMMANDS[0]) && !each.ack));
  }

  private readonly asked = new Set<Heard>();
}

function read(raw: string, binary: boolean): Heard {
  const frame = parse(raw);
  const data = (frame.command_data ?? {}) as Record<string, unknown>;
  return {
    raw,
    binary,
    name: (frame.command ?? frame.respond) as string | undefined,
    ack: 'respond' in frame,
    ref: frame.ref,
    hasRef: 'ref' in frame,
    status: data.status,
    error: data.error_data ?? {},
    json: (data.json_data ?? {}) as Heard['json'],
  };
}

function parse(raw: string): Record<string, unknown> {
  try {
    const frame: unknown = JSON.parse(raw);
    return typeof frame === 'object' && frame !== null ? (frame as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
