import { startMoneyStage, type MoneyStage } from './stage';
import type { Run } from './kills';

export interface Story {
  readonly name: string;
  readonly machines: number;
  play(stage: MoneyStage): Promise<Run>;
}

/** Plays stories, each on a stage of its own: those of a lane one after the other, the lanes side by side. */
export function playAll(lanes: readonly (readonly Story[])[]): Map<string, Promise<Run>> {
  const runs = new Map<string, Promise<Run>>();
  for (const lane of lanes) {
    let before: Promise<unknown> = Promise.resolve();
    for (const story of lane) {
      const run = before.then(() => playOne(story));
      before = run.catch(() => undefined); // told by whoever waits for it
      runs.set(story.name, run);
    }
  }
  return runs;
}

async function playOne({ machines, play }: Story): Promise<Run> {
  const stage = await startMoneyStage(machines);
  try {
    return await play(stage);
  } finally {
    await stage.stop();
  }
}
