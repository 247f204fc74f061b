/** Every kill of a story, one after the other: its steps are those that the same story has when nobody dies. */
import { buy, type Shopping } from './buy';
import { takeMeals } from './meals';
import { beginPeriod } from './period';
import { refund, type Refundable } from './refund';
import { steal, type Owner } from './share';
import type { Kill, MoneyStage } from './stage';
import { sellOnTrust, type Regular } from './trust';

export interface Run {
  readonly steps: readonly string[];
  readonly kills: number;
}

/** Which kills there are to be, of a story with these steps. */
export type Choice = (steps: readonly string[]) => Kill[];

/** Before and after each step. */
export const each: Choice = (steps) =>
  steps.flatMap((_, n) => (['before', 'after'] as const).map((when) => ({ at: n + 1, when })));

/**
 * Each thing that a dead process can leave behind: after each call, each commit and each other write; before the first; and
 * before the commit of whatever sends jobs. Before any other step all is as it was after the one that came last, and what
 * was written in a transaction is gone with it wherever that is cut.
 */
export const eachLeftover: Choice = (steps) =>
  each(steps).filter(({ at, when }) => {
    const [last, step] = [steps[at - 2], steps[at - 1]];
    return when === 'before' ? last === undefined || last === '+jobs' : !step?.startsWith('+');
  });

/** From the step before the first call that fits: what comes until then is another story's. */
export const from =
  (call: RegExp, choice: Choice): Choice =>
  (steps) => {
    const first = steps.findIndex((step) => call.test(step));
    if (first < 0) throw new Error(`No step is ${String(call)}: ${steps.join(', ')}`);
    return choice(steps).filter(({ at }) => at >= first);
  };

/** Of these, the ones in the transaction whose first step is this one. */
export const within =
  (first: string, choice: Choice): Choice =>
  (steps) => {
    const from = steps.indexOf(first) + 1;
    const to = steps.indexOf('commit', from) + 1;
    if (from === 0 || to === 0) throw new Error(`No step is ${first}: ${steps.join(', ')}`);
    return choice(steps).filter(({ at }) => at >= from && at <= to);
  };

/** Machine 1 is for the purchase that nobody cuts short, each of the next for one kill. */
export function shopThrough(stage: MoneyStage, shopping: Shopping, choice: Choice): Promise<Run> {
  return through(choice, (n, kill) => buy(stage, `M${n}`, shopping, kill));
}

/** Machine 1 is for the basket that nobody cuts short, each of the next for one kill. */
export function takeMealsThrough(stage: MoneyStage, choice: Choice): Promise<Run> {
  return through(choice, (n, kill) => takeMeals(stage, `M${n}`, kill));
}

/** One refund for each kill. */
export function refundThrough(stage: MoneyStage, what: Refundable, choice: Choice): Promise<Run> {
  return through(choice, (n, kill) => refund(stage, what, n, kill));
}

/** Machine 1 is for the period that nobody cuts short, each of the next for one kill. */
export function periodsThrough(stage: MoneyStage, choice: Choice): Promise<Run> {
  return through(choice, async (n, kill) => (await beginPeriod(stage, `M${n}`, kill)).steps);
}

/** Machine 1 is where the owner's period began, each of the next for one theft. */
export function stealThrough(stage: MoneyStage, owner: Owner, choice: Choice): Promise<Run> {
  return through(choice, (n, kill) => steal(stage, owner, `M${n + 1}`, n, kill));
}

/** Machine 1 is where the customer has paid before, each of the next for one purchase on trust. */
export function trustThrough(stage: MoneyStage, who: Regular, choice: Choice): Promise<Run> {
  return through(choice, (n, kill) => sellOnTrust(stage, who, `M${n + 1}`, kill));
}

async function through(choice: Choice, story: (n: number, kill: Kill | null) => Promise<string[]>): Promise<Run> {
  const steps = await story(1, null);
  const kills = choice(steps);
  for (const [n, kill] of kills.entries()) {
    const seen = await story(n + 2, kill);
    expect({ ...kill, seen }).toEqual({ ...kill, seen: steps.slice(0, kill.at) });
  }
  return { steps, kills: kills.length };
}
