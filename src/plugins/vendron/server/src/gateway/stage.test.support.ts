/** A gateway over sockets that do what the test says, and a clock that the test moves. */
import type { FridgeLine } from '../../../../purchases/server/src/ports';
import { FakeSockets, type Heard, listener, optionsOf } from './fakes.test.support';
import { createGatewayOver } from './gateway';
import type { Gateway, GatewayOptions } from './options';

export interface GatewayStage {
  /** The one that {@link GatewayStage.make} made last, in this test. */
  readonly gateway: Gateway;
  readonly sockets: FakeSockets;
  /** Starts a gateway; answers what it says by itself. */
  make(overrides?: Partial<GatewayOptions>): Heard;
  /** A line for a purchase; throws where there is none. */
  take(ref: string, onSignal?: ReturnType<typeof listener>['onSignal']): Promise<FridgeLine>;
  /** Lets everything happen that needs no time. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** For the top of a file: fake timers for each test, and afterwards no socket and no timer may be left. */
export function setUpStage(): GatewayStage {
  let gateway: Gateway;
  let sockets: FakeSockets;
  const stop = async () => {
    await Promise.all([gateway.stop(0), jest.advanceTimersByTimeAsync(1)]);
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(async () => {
    await stop();
    expect(sockets.live).toHaveLength(0);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  return {
    get gateway() {
      return gateway;
    },
    get sockets() {
      return sockets;
    },
    make(overrides = {}) {
      const { options, heard } = optionsOf(overrides);
      sockets = new FakeSockets();
      gateway = createGatewayOver(sockets.factory, options);
      gateway.start();
      return heard;
    },
    async take(ref, onSignal = listener().onSignal) {
      const line = await gateway.takeLine({ ref, vendorId: 'M1', onSignal });
      if (line.kind !== 'line') throw new Error(line.reason);
      return line;
    },
    settle: () => jest.advanceTimersByTimeAsync(0),
    stop,
  };
}
