/** The gateway: the parts put together behind the purchase core's `FridgeDriver`. */
import type { FramedSignal, FridgeLine, LineRequest, LineUnavailable } from '../../../../purchases/server/src/ports';
import { Backoff, BACKOFF } from './backoff';
import { Checker } from './check';
import { createCommandWriter } from './commands';
import { Counters } from './counters';
import { createLine, createLineReceiver } from './line';
import type { Gateway, GatewayOptions } from './options';
import { Pool } from './pool';
import { createScrubber } from './scrub';
import { createSignalReader } from './signals';
import type { SocketFactory } from './socket';
import { createWsSockets } from './ws-socket';

/** A gateway to Vendron Cloud, not yet started. Throws a TypeError where `url` is not a WebSocket's. */
export function createGateway(options: GatewayOptions): Gateway {
  const { protocol, hash } = new URL(options.url);
  if (!/^wss?:$/.test(protocol) || hash) throw new TypeError('The gateway needs a ws: or wss: URL without a fragment');
  return createGatewayOver(createWsSockets(options.url), options);
}

/** The same over any sockets. */
export function createGatewayOver(sockets: SocketFactory, options: GatewayOptions): Gateway {
  const { token, timeoutMs, log } = options;
  const scrubber = createScrubber(token);
  const guarded = guardWith((error) => log.error(`A listener of the gateway failed: ${scrubber.text(String(error))}`));
  const counters = new Counters();
  const commands = createCommandWriter(token, scrubber);

  const backoff = new Backoff({ ...BACKOFF, ...options.backoff }, options.random ?? Math.random, {
    onUp() {
      log.info('Vendron Cloud can be reached');
      guarded(() => options.onUp());
    },
    onDown(reason) {
      log.warn(`Vendron Cloud cannot be reached: ${reason}`);
      guarded(() => options.onDown(reason));
    },
  });

  const orphan = (signal: FramedSignal): void => {
    counters.orphans += 1;
    log.debug(`A frame that belongs to nothing: ${signal.record.name}`);
    guarded(() => options.onOrphan({ ...signal, record: { ...signal.record, kind: 'orphan' } }));
  };

  const min = Math.max(1, options.connectionsMin);
  const pool = new Pool(
    {
      min,
      max: Math.max(min, options.connectionsMax),
      acquireTimeoutMs: options.acquireTimeoutMs,
      connectTimeoutMs: timeoutMs,
      lingerMs: options.lingerMs ?? 2000,
      pingIntervalMs: options.pingIntervalMs,
    },
    scrubbed(sockets, scrubber.text),
    backoff,
    counters,
    { read: createSignalReader(scrubber), received: (signal) => counters.countIn(signal), orphan },
  );
  const checker = new Checker({ pool, commands, counters, timeoutMs, orphan });

  return {
    start: () => pool.start(),
    stop: (graceMs) => pool.stop(graceMs),
    checkState: (vendorId) => checker.check(vendorId),
    async takeLine(request: LineRequest): Promise<FridgeLine | LineUnavailable> {
      const safe = {
        ...request,
        onSignal: (signal: Parameters<LineRequest['onSignal']>[0]) => guarded(() => request.onSignal(signal)),
      };
      const connection = await pool.take('taken', createLineReceiver(safe, orphan));
      return connection.kind === 'unavailable'
        ? connection
        : createLine(safe, connection, { pool, commands, counters });
    },
    recordRequest: (purchase, order) =>
      backoff.state === 'up' && pool.hasRoom ? commands.request(purchase, order).record : null,
    health: () => ({
      up: backoff.state === 'up' && pool.running,
      connections: pool.size - pool.counts.connecting,
      busy: pool.counts.taken,
      reason: backoff.reason,
    }),
    metrics: () => ({
      framesIn: counters.framesIn(),
      framesOut: counters.framesOut(),
      orphans: counters.orphans,
      malformed: counters.malformed,
      oversized: counters.oversized,
      reconnects: counters.reconnects,
      timeouts: counters.timeouts,
      connections: { ...pool.counts },
      waiting: pool.waiting,
    }),
  };
}

/** Runs what others gave us; what they throw must not travel into a socket's handler. */
function guardWith(report: (error: unknown) => void): (run: () => void) => void {
  return (run) => {
    try {
      run();
    } catch (error) {
      report(error);
    }
  };
}

/** Reasons come from libraries and from the other side; they pass through logs, alerts and answers. */
function scrubbed(open: SocketFactory, text: (value: string) => string): SocketFactory {
  return (events) => open({ ...events, closed: (end) => events.closed({ ...end, reason: text(end.reason) }) });
}
