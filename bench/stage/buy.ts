import type { Endings } from './endings';
import { orderOf } from './fixtures';
import type { Http } from './http';
import type { Purchase } from './shop';

/** Buys at a Larder whose fridges play their customers themselves. */
export function buyAt(http: Http, endings: Endings): Purchase {
  return async (machine, customer) => {
    const startedAt = performance.now();
    const { status, body, ms } = await http.post(`/api/machines/${machine}/open`, orderOf(customer));
    const { id } = body as { id?: string };
    if (status !== 200 || id === undefined) throw new Error(`POST open answered ${status}: ${JSON.stringify(body)}`);
    const state = await endings.of(id);
    if (state !== 'completed') throw new Error(`A purchase ended ${state}.`);
    return { openMs: ms, totalMs: performance.now() - startedAt };
  };
}
