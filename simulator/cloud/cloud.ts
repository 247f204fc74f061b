import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ProductSpec } from '../catalogue';
import { SimulatorError } from '../errors';
import { FaultEngine } from '../faults/engine';
import { Journal } from '../journal';
import type { Settings } from '../options';
import { Timers } from '../timers';
import { Connection } from './connection';
import { receive } from './dispatch';
import { Lane } from './lane';
import { Machine } from './machine';
import { Post, type Letter } from './post';
import { Refs } from './refs';
import type { Session } from './session';
import { Watchers } from './watchers';

/** Vendron Cloud: its machines, its sessions, and the lines to its clients. */
export class Cloud {
  readonly machines: ReadonlyMap<string, Machine>;
  readonly products: ReadonlyMap<string, ProductSpec>;
  readonly sessions = new Map<string, Session>();
  readonly connections = new Set<Connection>();
  readonly timers = new Timers();
  readonly watchers = new Watchers(this.timers);
  readonly journal: Journal;
  readonly faults: FaultEngine;
  readonly refs = new Refs(this.sessions);
  readonly post: Post;
  /** Called when a door has opened: autoplay sends its customer in. */
  doorOpened: ((machine: Machine, session: Session) => void) | undefined;
  private readonly run = randomBytes(4).toString('hex');
  private counter = 0;

  constructor(readonly settings: Settings) {
    this.machines = new Map(settings.machines.map((spec) => [spec.uid, new Machine(spec.uid, spec)]));
    this.products = new Map(settings.products.map((product) => [product.vpn, product]));
    this.journal = new Journal(settings.record);
    this.faults = new FaultEngine(settings.seed);
    this.faults.set(settings.faults);
    this.post = new Post(this.faults, this.journal, this.timers, this.refs);
  }

  /** The machine of that uid. Throws a `SimulatorError` where there is none. */
  machine(uid: string): Machine {
    const machine = this.machines.get(uid);
    if (!machine) throw new SimulatorError('unknown-machine', `There is no machine "${uid}".`, 'uid');
    return machine;
  }

  /** An id unlike any other, in this run and in others: a database may outlive many runs. */
  nextId(prefix: string): string {
    this.counter += 1;
    return `${prefix}-${this.run}-${this.counter}`;
  }

  /** Takes a client in. */
  accept(socket: WebSocket, transport: Duplex): void {
    this.counter += 1;
    const lane = new Lane<Letter>(this.timers, (letter) => this.post.write(connection, letter));
    const connection: Connection = new Connection(this.counter, lane, socket, transport, (lost) => this.lose(lost));
    this.connections.add(connection);
    this.journal.note('connected', undefined, connection.id);
    socket.on('message', (data: RawData, isBinary) => {
      if (connection.alive) receive(this, connection, isBinary ? '' : data.toString());
    });
  }

  /** Ends a machine's session and makes the machine free. */
  release(machine: Machine): void {
    if (machine.session) {
      this.sessions.delete(machine.session.id);
      this.refs.remember(machine.session);
    }
    machine.free();
    this.watchers.changed(machine);
  }

  private lose(connection: Connection): void {
    this.connections.delete(connection);
    this.journal.note('disconnected', undefined, connection.id);
    // Sessions stay at their machines; what was on its way to this line waits there for another.
    for (const letter of connection.lane.drain()) this.post.route(letter);
  }
}
