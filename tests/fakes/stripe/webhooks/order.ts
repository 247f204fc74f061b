/** Faults of the way to the webhook: events that come more than once, in another order, late or never. */
export interface WebhookFaults {
  /** Every event from now on arrives this many times, all at once. */
  duplicate(times: number): void;
  /** The next `count` events arrive in the reverse order, once all of them have happened. */
  reorder(count?: number): void;
  /** The next `count` events (of a type, where given) are never sent; they stay in the list of events. */
  lose(count?: number, type?: string): void;
  /** Every event from now on waits this long. */
  delay(milliseconds: number): void;
  /** Ends all of these, and sends what a `reorder` still held back. */
  clear(): void;
}

interface Named {
  readonly type: string;
}

export function createOrder<E extends Named>(send: (event: E, times: number) => void) {
  let times = 1;
  let milliseconds = 0;
  let losing: { count: number; type?: string } = { count: 0 };
  let holding = 0;
  let held: E[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const release = () => {
    const events = held.reverse();
    held = [];
    holding = 0;
    events.forEach(leave);
  };
  const leave = (event: E) => {
    if (milliseconds === 0) return send(event, times);
    const timer = setTimeout(() => {
      timers.delete(timer);
      send(event, times);
    }, milliseconds);
    timers.add(timer);
  };
  const faults: WebhookFaults = {
    duplicate: (count) => void (times = count),
    reorder: (count = 2) => void (holding = count),
    lose: (count = 1, type) => void (losing = { count, ...(type === undefined ? {} : { type }) }),
    delay: (wanted) => void (milliseconds = wanted),
    clear() {
      times = 1;
      milliseconds = 0;
      losing = { count: 0 };
      release();
    },
  };
  return {
    faults,
    pass(event: E): void {
      if (losing.count > 0 && (losing.type === undefined || losing.type === event.type)) {
        losing.count -= 1;
        return;
      }
      if (holding === 0) return leave(event);
      held.push(event);
      if (held.length >= holding) release();
    },
    pending: () => timers.size,
    stop: () => timers.forEach(clearTimeout),
  };
}
