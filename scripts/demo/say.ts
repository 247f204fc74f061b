/** What the demo prints: plain lines, in colour where somebody looks at a terminal. */
const isTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const faint = paint(2);
export const green = paint(32);

/** How often a wait that goes on says so, in milliseconds. */
const STILL_MS = 10_000;

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Does `work` and says what came of it and how long it took; says in between that it goes on. */
export async function doing<Result>(
  what: string,
  work: () => Promise<Result>,
  result: (result: Result) => string,
): Promise<Result> {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const label = `  ${what.padEnd(12)}`;
  const still = setInterval(() => say(faint(`${label}still starting after ${seconds()} s …`)), STILL_MS);
  try {
    const answer = await work();
    say(`${label}${result(answer)} ${faint(`(${seconds()} s)`)}`);
    return answer;
  } finally {
    clearInterval(still);
  }
}
