/** A thousand doors open at one Larder: what they weigh, and that none is lost. */
import type { Report } from '../report';
import { orderOf } from '../stage/fixtures';
import { createHttp } from '../stage/http';
import { TOKEN } from '../stage/larder';
import type { Scene, Stage } from '../stage/stage';
import { memoryMb } from '../stage/usage';

const DOORS = 1000;
const AT_ONCE = 20;
/** Until the garbage of what went before is likely collected, and long enough for the doors to be still only open. */
const SETTLE_MS = 8000;

export async function measureDoors(stage: Stage, report: Report): Promise<void> {
  const scene = await stage.scene({
    machines: DOORS,
    autoplay: false,
    env: { VENDRON_CONNECTIONS_MAX: String(DOORS + 100) },
  });
  const machines = Array.from({ length: DOORS }, (_, index) => `M${index + 1}`);
  await settle();
  const fresh = memoryMb(scene.larder.pid);

  // One purchase at each of a few fridges: code that never ran is no memory of doors.
  await openAll(scene, machines.slice(0, 50));
  await scene.cloud.finish(machines.slice(0, 50));
  await completed(scene, 50);
  await settle();
  const idle = memoryMb(scene.larder.pid);

  const startedAt = performance.now();
  await openAll(scene, machines);
  const openedIn = (performance.now() - startedAt) / 1000;
  await settle();
  const open = memoryMb(scene.larder.pid);
  await scene.cloud.finish(machines);
  const lost = DOORS + 50 - (await completed(scene, DOORS + 50));
  await settle();
  const after = memoryMb(scene.larder.pid);
  await scene.stop();

  if (lost > 0) report.fail(`${lost} of ${DOORS} purchases did not complete.`);
  report.table('doors', `Memory of the Larder process with ${DOORS.toLocaleString('en')} doors open (resident, MB)`, [
    {
      'just started': fresh,
      idle,
      open,
      'more than idle': open - idle,
      'after all closed': after,
      'opened in s': openedIn,
      lost,
    },
  ]);
  report.goal({ what: `${DOORS} doors open, more than idle`, measured: open - idle, unit: 'MB', goal: { below: 100 } });
}

async function openAll({ larder }: Scene, machines: readonly string[]): Promise<void> {
  const http = createHttp(larder.url, TOKEN);
  const left = [...machines];
  const opener = async () => {
    for (let machine = left.pop(); machine !== undefined; machine = left.pop()) {
      const { status, body } = await http.post(
        `/api/machines/${machine}/open`,
        orderOf(`customer-${machine.toLowerCase()}`),
      );
      if (status !== 200) throw new Error(`POST open answered ${status}: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, opener));
  http.close();
}

/** How many are completed, once that many are or a minute has passed. */
async function completed({ sql }: Scene, wanted: number): Promise<number> {
  const endsAt = performance.now() + 60_000;
  for (;;) {
    const [row] = await sql.rows<{ count: number }>(`select count(*)::int from transactions where state = 'completed'`);
    const count = row?.count ?? 0;
    if (count >= wanted || performance.now() > endsAt) return count;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
