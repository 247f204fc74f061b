import { startSimulator, type Simulator, type SimulatorOptions } from '../index';
import { Client } from './client';

/** A simulator for one test, with as many clients as it likes; everything ends with the test. */
export interface Stage {
  simulator: Simulator;
  client: Client;
  connect(): Promise<Client>;
}

const running: Simulator[] = [];

/** Starts a simulator and connects a client to it. */
export async function stage(options: SimulatorOptions = {}): Promise<Stage> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  const connect = () => Client.connect(simulator.url);
  return { simulator, client: await connect(), connect };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});
