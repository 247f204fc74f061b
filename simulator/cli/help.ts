import { describeFaults } from '../faults/describe';

const OPTIONS: [string, string][] = [
  ['--port NUMBER', 'where to listen (4900; 0 for any free port)'],
  ['--host ADDRESS', 'on which address (127.0.0.1)'],
  ['--machines N | A,B,C', 'how many fridges (3: M1, M2, M3), or their uids'],
  ['--products FILE', 'a JSON file with [{ "vpn", "name", "unitPrice": "1.60" }] (eight meals)'],
  ['--token TEXT', 'refuse every other token with -2 (or SIMULATOR_TOKEN in the environment)'],
  ['--seed NUMBER', 'for faults and autoplay: the same seed, the same run (1)'],
  ['--fault FAULT', 'make something go wrong; may be given many times'],
  ['--autoplay', 'a customer at every door: takes one to four products and closes it'],
  ['--step MS', 'autoplay: between two products, such as 500 or 200-900 (400-1200)'],
  ['--close-after MS', 'autoplay: from the last product to closing the door (500-2000; 0 at once)'],
  ['--request-ttl MS', 'forget a request whose door is not opened in that time (60000)'],
  ['--resume on-check|never', 'whether missed frames come with the next state check (on-check)'],
  ['--stock N|larder|FILE', "meals with barcodes: N of each product, those in Larder's books, or a JSON file with"],
  ['', '[{ "barcode", "vpn", "machine"?, "expiresAt"?, "area"?, "reservedFor"? }] (bottomless shelves)'],
  ['--larder URL', 'where Larder is, for the devices in the fridges (or SIMULATOR_LARDER)'],
  ['--device-key UID=KEY', 'the device key of a fridge, from its page in the panel; may be given many times'],
  ['', '(or SIMULATOR_DEVICE_KEYS, separated by commas). Reader, sensors and barcodes then speak to Larder'],
  ['--readings-every MS', 'how often sensors measure (60000; 0 is never)'],
  ['--heartbeat-every MS', 'how often a device says that it lives (60000; 0 is never)'],
  ['--hold "2500 EUR"', 'what readers ask to hold, in minor units (the ceiling of the machine in Larder)'],
  ['--quiet', 'no line for each frame'],
  ['--help', 'this text'],
];

/** What the command line takes, with every option and every fault. */
export function helpText(): string {
  const options = OPTIONS.map(([option, what]) => `  ${option.padEnd(25)}${what}`);
  const faults = describeFaults().flatMap(({ name, serves, says, parameters }) => [
    `  ${name.padEnd(20)}${says.en} [${serves}]`,
    ...(parameters.length > 0 ? [`  ${' '.repeat(20)}${parameters.join(' ')}`] : []),
  ]);
  return [
    'A Vendron Cloud to run against. Open its address in a browser to play the customer.',
    '',
    'npm run simulator -- [options]',
    '',
    ...options,
    '',
    'Faults: NAME or NAME:parameter=value,… such as cut:at=open,probability=0.1 or delay:frames=taken+closed,ms=100-300',
    'Each takes machine=UID, probability=0..1 and times=N; its own parameters stand below it, the usual value first.',
    '',
    ...faults,
    '',
  ].join('\n');
}
