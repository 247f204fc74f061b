import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { autoplay } from './cloud/autoplay';
import { Cloud } from './cloud/cloud';
import { customerOf } from './cloud/customer';
import { inject, linesOf, patchMachine } from './control';
import { disconnectAll, fitFridges, fridgeOf } from './fridge/fit';
import { serve } from './http/serve';
import { settle, type SimulatorOptions } from './options';
import type { Simulator } from './simulator';
import { openSockets, WS_PATH } from './sockets';

/** Starts a simulator. Rejects where an option is wrong or the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settle(options);
  const cloud = new Cloud(settings);
  if (settings.log) cloud.journal.listen(settings.log);
  fitFridges(cloud);
  if (settings.autoplay) autoplay(cloud, settings.autoplay);

  const server = createServer();
  const stopServing = serve(cloud, server);
  const dropSockets = openSockets(cloud, server);
  const address = await listen(server, settings.port, settings.host);
  const authority = `${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;

  return {
    url: `ws://${authority}${WS_PATH}`,
    httpUrl: `http://${authority}`,
    customer: (uid) => customerOf(cloud, cloud.machine(uid)),
    fridge: (uid) => fridgeOf(cloud, uid),
    setFaults: (faults) => cloud.faults.set(faults),
    addFault: (fault) => cloud.faults.add(fault),
    clearFaults: () => cloud.faults.set([]),
    faults: () => cloud.faults.list(),
    setMachine: (uid, patch) => patchMachine(cloud, uid, patch),
    machine: (uid) => cloud.machine(uid).view(),
    machines: () => [...cloud.machines.values()].map((machine) => machine.view()),
    commands: (uid) => cloud.journal.commands(uid),
    sent: (uid) => cloud.journal.sentFrames(uid),
    connections: () => cloud.connections.size,
    cut: (mode, uid) => {
      const lines = uid === undefined ? [...cloud.connections] : linesOf(cloud, uid);
      for (const line of lines) line.cut(mode);
      return lines.length;
    },
    inject: (raw, to) => inject(cloud, raw, to),
    until: (uid, wanted, timeoutMs = 2_000) => cloud.watchers.until(cloud.machine(uid), wanted, timeoutMs),
    stop: () => {
      disconnectAll(cloud);
      cloud.watchers.stop();
      cloud.timers.clear();
      stopServing();
      dropSockets();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
