/**
 * Larder in one command: a PostgreSQL, a Vendron Cloud (the simulator), a Stripe (a fake, or the real one's test mode where
 * STRIPE_SECRET_KEY is set) and Larder, a fridge with meals in it, and one purchase over REST, told step by step. Then it stays up. `--once` ends after the purchase: 0 where it completed.
 *
 * It has a folder and a database of its own, `.data/demo`, made anew each time; it reads nothing else of the environment, and no `.env`.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from '../simulator';
import { DEFAULT_PRODUCTS } from '../simulator/catalogue';
import { startLarder, type Larder } from './demo/larder';
import { fitFridge } from './demo/device';
import { setUp, type Inventory } from './demo/panel';
import { takePlace } from './demo/place';
import { onFreePort } from './demo/ports';
import { shop } from './demo/purchase';
import { bold, doing, faint, say } from './demo/say';
import { startStripe } from './demo/stripe';
import { startCluster } from './postgres/cluster';

const USAGE = 'Usage: npm run demo [-- --once]';
const DATABASE = 'larder_demo';
const TOKEN = 'larder-demo-token';
const PURCHASE_WITHIN_MS = 90_000;
const ADMINISTRATOR = { email: 'admin@larder.example', password: 'Larder-demo-1' };
const BUYER = { id: 'ada', email: 'ada@larder.example' };
const GUEST = { id: 'ben', email: 'ben@larder.example' };
const INVENTORY: Inventory = {
  fridge: { vendorId: 'M1', label: 'Office lobby' },
  products: DEFAULT_PRODUCTS,
  currency: 'EUR',
  customers: [BUYER, GUEST],
  operator: { email: 'operator@larder.example', password: 'Larder-demo-1' },
};

/** What was started, to be stopped in the opposite order. */
const stops: (() => Promise<void> | void)[] = [];
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
  process.stdout.on('error', () => resolve('interrupted')); // nobody reads any more
});

async function demo(isOnce: boolean): Promise<void> {
  say(bold('\nLarder, with a fridge to play with\n'));
  const { larder, fridgePage, hands, logFile, stripe } = await startAll();

  say(bold('\nA purchase, as a front end makes it\n'));
  const { vendorId } = INVENTORY.fridge;
  const paymentMethodId = await stripe.saveCard(BUYER);
  const shopping = {
    url: larder.url,
    token: TOKEN,
    machine: vendorId,
    buyer: BUYER,
    paymentMethodId,
    currency: INVENTORY.currency,
  };
  await within(PURCHASE_WITHIN_MS, shop({ ...shopping, hands, products: INVENTORY.products }));
  if (isOnce) return;

  say(invitation(larder.url, fridgePage, logFile, await stripe.saveCard(GUEST)));
  say(atTheReader(paymentMethodId));
  await larder.ended;
  throw new Error(`Larder has ended by itself. Its log: ${logFile}`);
}

async function startAll() {
  const place = takePlace(process.cwd());
  stops.push(() => place.leave());
  const databaseUrl = await doing(
    'PostgreSQL',
    () => startDatabase(place.folder),
    () => `in ${shown(place.folder)}`,
  );
  const simulator = await doing('Simulator', startCloud, ({ httpUrl }) => `${httpUrl}/ with the fridge M1`);
  const stripe = await doing(
    'Stripe',
    () => startStripe(process.env),
    ({ name }) => name,
  );
  stops.push(() => stripe.stop());
  const logFile = path.join(place.folder, 'larder.log');
  const settings = {
    NODE_ENV: 'development',
    TZ: 'UTC',
    HOST: '127.0.0.1',
    STRAPI_TELEMETRY_DISABLED: 'true',
    DATABASE_URL: databaseUrl,
    VENDRON_WS_URL: simulator.url,
    BUBBLE_API_TOKEN: TOKEN,
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...stripe.settings,
  };
  const larder = await doing(
    'Larder',
    () => startServer(settings, logFile),
    ({ url }) => url,
  );
  const login = await doing(
    'Set-up',
    () => setUp(larder.url, ADMINISTRATOR, INVENTORY),
    () => {
      const { fridge, products, customers } = INVENTORY;
      return `the fridge "${fridge.label}", ${products.length} products, ${customers.length} customers, an operator`;
    },
  );
  const { fridge, products } = INVENTORY;
  await doing(
    'Device',
    () => fitFridge(larder.url, login, simulator, { ...fridge, products, owner: GUEST.id }),
    (meals) => `${meals} meals with barcodes in the fridge, a reader at its door, sensors`,
  );
  const hands = simulator.customer(INVENTORY.fridge.vendorId);
  return { larder, fridgePage: `${simulator.httpUrl}/`, hands, logFile, stripe };
}

async function startDatabase(folder: string): Promise<string> {
  const starting = startCluster(path.join(folder, 'postgres'), { synchronous_commit: 'off' });
  // From now on: an interrupted start is waited for and then undone.
  stops.push(() =>
    starting.then(
      (cluster) => cluster.stop(),
      () => undefined,
    ),
  );
  const cluster = await starting;
  await cluster.dropDatabase(DATABASE);
  await cluster.createDatabase(DATABASE);
  return cluster.url(DATABASE);
}

async function startCloud() {
  const { vendorId: uid, label } = INVENTORY.fridge;
  const simulator = await onFreePort(4900, (port) =>
    startSimulator({ port, machines: [{ uid, label }], device: { readingsEveryMs: 10_000 } }),
  );
  stops.push(() => simulator.stop());
  return simulator;
}

function startServer(settings: Record<string, string>, logFile: string): Promise<Larder> {
  return onFreePort(1337, (port) => startLarder(port, { settings, logFile, onSpawn: (stop) => stops.push(stop) }));
}

function invitation(url: string, fridgePage: string, logFile: string, paymentMethodId: string): string {
  const { operator, fridge } = INVENTORY;
  const order = {
    user: GUEST,
    payment: { paymentMethodId, amount: 2500, currency: INVENTORY.currency },
  };
  return `
${bold('It stays up. Ctrl-C ends everything it started.')}

  Panel        ${url}/admin
               administrator  ${ADMINISTRATOR.email.padEnd(24)} ${ADMINISTRATOR.password}
               operator       ${operator.email.padEnd(24)} ${operator.password}
  Fridge       ${fridgePage} (play the customer: take a meal, close the door)
  API token    ${TOKEN}
  Log          ${shown(logFile)}

${bold('Try it:')} open the door, take a meal on the fridge's page and close the door, then ask for the purchase by its id.

  curl -s ${url}/api/machines/${fridge.vendorId}/open -H 'Authorization: Bearer ${TOKEN}' \\
    -H 'Content-Type: application/json' -d '${JSON.stringify(order)}'

  curl -s ${url}/api/transactions/ID -H 'Authorization: Bearer ${TOKEN}'
`;
}

function atTheReader(paymentMethodId: string): string {
  return `${bold("Or at the fridge's own reader,")} on its page: show ${BUYER.id}'s card, and take the meal that is reserved for ${GUEST.id}.

  Card         ${paymentMethodId}
`;
}

/** Rejects where the work takes longer. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The purchase did not complete within ${milliseconds / 1000} s.`)),
      milliseconds,
    );
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function shown(file: string): string {
  return path.relative(process.cwd(), file);
}

async function stopAll(): Promise<void> {
  say(faint('\nStopping …'));
  for (const stop of stops.reverse()) {
    await Promise.resolve(stop()).catch((error: Error) => console.error(error.message));
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
  try {
    await Promise.race([demo(values.once), interrupted]);
    return 0;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await stopAll();
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  },
);
