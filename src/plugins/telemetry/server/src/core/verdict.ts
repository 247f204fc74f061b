/** What a fridge's facts mean for whoever looks at it. */
import type { LockCause } from './lock-cause';
import { degrees, moment } from './messages';
import { isOutside, type Limits } from './limits';

export interface Facts {
  readonly online: boolean | null;
  readonly lock: { readonly cause: LockCause; readonly reason: string | null } | null;
  readonly limits: Limits | null;
  /** The newest reading, in hundredths, and how old it is in minutes; null where there is none. */
  readonly newest: {
    readonly at: number;
    readonly minutesAgo: number;
    readonly temperature: number;
    readonly humidity: number | null;
  } | null;
  readonly incidents: number;
}

export type ReasonCode =
  | 'locked_temperature'
  | 'locked_silence'
  | 'locked_operator'
  | 'temperature_outside'
  | 'humidity_high'
  | 'readings_missing'
  | 'offline'
  | 'incidents_open';

export interface Verdict {
  /** `locked`: nothing is sold. `attention`: it sells, and somebody should look. */
  readonly verdict: 'ok' | 'attention' | 'locked';
  readonly reasons: readonly { readonly code: ReasonCode; readonly message: string }[];
}

/** Every reason that there is; the verdict is the worst of them. */
export function verdictOf({ online, lock, limits, newest, incidents }: Facts): Verdict {
  const reasons: { code: ReasonCode; message: string }[] = [];
  const say = (code: ReasonCode, message: string) => reasons.push({ code, message });
  if (lock) say(`locked_${lock.cause}`, lock.reason ?? 'Sales are locked at this machine.');
  if (limits && newest && isOutside(newest, limits)) {
    say('temperature_outside', `It is ${degrees(newest.temperature)} in this fridge, outside what is allowed.`);
  }
  const { humidityMax = null } = limits ?? {};
  if (newest && newest.humidity !== null && humidityMax !== null && newest.humidity > humidityMax) {
    say('humidity_high', `The air in this fridge has ${newest.humidity / 100} % humidity, more than is allowed.`);
  }
  if (limits && newest && newest.minutesAgo > limits.silenceMinutes) {
    say('readings_missing', `There is no reading since ${moment(newest.at)}.`);
  }
  if (online === false) say('offline', 'This fridge cannot be reached.');
  if (incidents > 0) say('incidents_open', `Open incidents: ${incidents}.`);
  return { verdict: lock ? 'locked' : reasons.length > 0 ? 'attention' : 'ok', reasons };
}
