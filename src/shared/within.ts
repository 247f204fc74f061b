/** Waits for `work`, at most so long. It goes on where it is late; a failure after that is nobody's any more. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<'done' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), milliseconds)));
  try {
    return await Promise.race([work.then(() => 'done' as const), late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
