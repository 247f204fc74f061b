import { startMoneyStage, type MoneyStage, type StageOptions } from './stage';
import type { Run } from './kills';

export interface Story extends StageOptions {
  readonly name: string;
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

async function playOne({ play, ...options }: Story): Promise<Run> {
  const stage = await startMoneyStage(options);
  try {
    return await play(stage);
  } finally {
    await stage.stop();
  }
}
