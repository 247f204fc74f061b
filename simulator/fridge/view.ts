import type { Fridge } from './fridge';
import type { MealView } from './meal';
import type { Report, Sales } from './reporter';
import type { Signal } from './scanner';
import type { Screen } from './screen';

/** The inside of a fridge as anyone may see it. Never the key. */
export interface FridgeView {
  /** Null where the shelves are bottomless, as they are unless stock was given. */
  readonly meals: readonly MealView[] | null;
  readonly forced: boolean;
  /** °C and per cent. */
  readonly sensor: {
    readonly temperature: number;
    readonly target: number;
    readonly humidity: number;
    readonly state: 'well' | 'silent' | 'broken';
  };
  /** Null where no device speaks to Larder. */
  readonly device: DeviceView | null;
}

export interface DeviceView {
  readonly larder: string;
  /** The last four characters of its key. */
  readonly hint: string;
  readonly screen: Screen;
  readonly signal: Signal | null;
  /** Readings that wait to be sent. */
  readonly waiting: number;
  readonly keepBack: boolean;
  readonly report: Report | null;
  readonly sales: Sales | null;
}

export function viewOf({ shelf, isForced, sensor, device }: Fridge): FridgeView {
  const { temperature, target, humidity, state } = sensor;
  return {
    meals: shelf?.view() ?? null,
    forced: isForced,
    sensor: { temperature, target, humidity, state },
    device: device
      ? {
          larder: device.line.url,
          hint: device.line.hint,
          screen: device.reader.screen,
          signal: device.scanner.signal,
          waiting: device.reporter.waiting,
          keepBack: device.reporter.keepBack,
          report: device.reporter.report,
          sales: device.reporter.sales,
        }
      : null,
  };
}
