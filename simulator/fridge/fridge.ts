import type { Cloud } from '../cloud/cloud';
import type { Machine } from '../cloud/machine';
import { SimulatorError } from '../errors';
import type { Credential } from './credential';
import { Device } from './device';
import type { LineSpec } from './line';
import type { MealSpec, StockSpec } from './meal';
import { mealsFromLarder } from './larder-stock';
import type { MealAction } from './scanner';
import type { Screen } from './screen';
import { Sensor, type SensorSpec } from './sensor';
import { Shelf } from './shelf';
import { mealsFor } from './stock';
import { viewOf, type FridgeView } from './view';

const MINUTE_MS = 60_000;

/** The inside of one machine: its shelves, its sensors, and the device that tells Larder of them. Nothing of it is there unless asked for. */
export class Fridge {
  shelf: Shelf | undefined;
  device: Device | undefined;
  readonly sensor = new Sensor();
  /** The door stands open although nobody asked for it. */
  isForced = false;

  constructor(
    private readonly cloud: Cloud,
    private readonly machine: Machine,
  ) {}

  /** Fills the shelves anew. */
  stock(stock: StockSpec): void {
    this.shelf = new Shelf(mealsFor(stock, this.machine.uid, [...this.cloud.products.values()]));
    this.changed();
  }

  /** Fills the shelves with the meals that Larder's books have in this machine. Throws a `SimulatorError` where it does not tell. */
  async stockFromLarder(): Promise<void> {
    this.stock(await mealsFromLarder(this.fitted().line));
  }

  /** Puts in the machine's device, or one with another key. Throws a `SimulatorError` where address or key are none. */
  connect(line: LineSpec): void {
    const { uid } = this.machine;
    const door = () => (this.isForced || this.machine.state === 'open' ? 'unlocked' : 'locked');
    const parts = { uid, sensor: this.sensor, settings: this.cloud.settings.device, timers: this.cloud.timers, door };
    const device = new Device(line, { ...parts, changed: () => this.changed() });
    this.device?.end();
    this.device = device;
    this.changed();
  }

  disconnect(): void {
    this.device?.end();
    this.device = undefined;
    this.changed();
  }

  /** Somebody shows a card, a badge or a token to the reader. Resolves to what its screen says first. */
  async show(credential: Credential): Promise<Screen> {
    return this.fitted().reader.show(credential);
  }

  /** Somebody touches a meal on the shelves. */
  touch(barcode: string): void {
    this.tell('touched', this.filled().standing(barcode));
  }

  /** The barcode scanner sees something; nothing comes of it where there is no device. */
  tell(action: MealAction, { barcode }: MealSpec): void {
    void this.device?.scanner.see(action, barcode, this.cloud.nextId('e'));
  }

  /** Resolves once Larder has answered all that the scanner saw. */
  async settled(): Promise<void> {
    await this.device?.scanner.settled();
  }

  set({ keepBack, ...sensor }: SensorSpec & { keepBack?: boolean }): void {
    this.sensor.set(sensor);
    if (keepBack !== undefined) this.fitted().reporter.keepBack = keepBack;
    this.changed();
  }

  /** Measures now, as if also in each of the `minutes` before, and sends it unless readings are kept back. */
  async measure(minutes = 0): Promise<void> {
    const now = Date.now();
    await this.fitted().measure(Array.from({ length: minutes + 1 }, (_, n) => now - (minutes - n) * MINUTE_MS));
  }

  /** The door is broken open, or shut again: whoever took something is gone with it. */
  force(isForced: boolean): void {
    this.isForced = isForced;
    if (!isForced && !this.machine.session) this.left();
    this.changed();
  }

  /** The door is closed and the customer has gone. */
  left(): void {
    this.shelf?.leave();
    this.device?.scanner.quiet();
  }

  /** The shelves. Throws a `SimulatorError` where this fridge has none. */
  filled(): Shelf {
    if (this.shelf) return this.shelf;
    throw new SimulatorError('no-shelf', `${this.machine.uid} has no shelves with meals: give it some stock.`);
  }

  /** The device. Throws a `SimulatorError` where this fridge has none. */
  fitted(): Device {
    if (this.device) return this.device;
    throw new SimulatorError('no-device', `${this.machine.uid} has no device: give it Larder's address and a key.`);
  }

  view(): FridgeView {
    return viewOf(this);
  }

  private changed(): void {
    this.cloud.watchers.changed(this.machine);
  }
}
