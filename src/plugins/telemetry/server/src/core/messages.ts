/** What customers, front ends and operators are told about a machine's climate, in one place. */
import type { Exposure } from './exposure';
import type { Limits } from './limits';

/** What a customer reads at a door that stays shut; the panel says it in its own language by the cause. */
export const LOCK_REASONS = {
  temperature: 'It was not cold enough in this fridge for a while, so nothing is sold until somebody has looked at it.',
  silence: 'The temperature of this fridge is not known at the moment, so nothing is sold until it is.',
} as const;

export const degrees = (hundredths: number) => `${hundredths / 100} °C`;

/** `10:04 UTC`, with the day. */
export const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function exposureMessage({ since, until, worst }: Exposure, limits: Limits): string {
  const minutes = Math.round((until - since) / 60_000);
  const allowed = [
    limits.temperatureMin === null ? null : `from ${degrees(limits.temperatureMin)}`,
    limits.temperatureMax === null ? null : `up to ${degrees(limits.temperatureMax)}`,
  ].filter((part) => part !== null);
  return (
    `From ${moment(since)} to ${moment(until)} (${minutes} minutes) it was outside what is allowed (${allowed.join(' ')}, ` +
    `otherwise for ${limits.minutesOutside} minutes); worst ${degrees(worst)}. Sales are locked.`
  );
}

export function silenceMessage(lastReadingAt: number, { silenceMinutes }: Limits): string {
  return `No reading since ${moment(lastReadingAt)}, for more than ${silenceMinutes} minutes. Sales are locked.`;
}
