import { causes } from '../causes';
import type { Language } from '../words';
import { slackMessage, type IncidentNews } from './message';

const news = (changes: Partial<IncidentNews> = {}): IncidentNews => ({
  kind: 'raised',
  documentId: 'incident-1',
  cause: 'invalid_token',
  severity: 'urgent',
  count: 1,
  reportedCount: 0,
  message: 'The door was refused.',
  vendorMessage: 'Invalid token',
  customerId: 'customer-7',
  machineId: 'machine-1',
  machineLabel: 'Lobby',
  transactionId: null,
  ...changes,
});
const shown = (changes: Partial<IncidentNews> = {}, language: Language = 'en') =>
  slackMessage(news(changes), language, 'https://larder.example/').blocks[0]?.text?.text ?? '';

it('says what happened, where, to whom and how often, with links into the panel', () => {
  expect(shown().split('\n')).toEqual([
    '<!channel> :rotating_light: *Vendron does not accept our token*',
    'No fridge can be opened until VENDRON_API_TOKEN is right. Please check it with Vendron.',
    '> The door was refused.',
    '*Machine* Lobby  ·  *Customer* `customer-7`  ·  *Cause* `invalid_token`  ·  *Count* 1',
    '*The other side said* “Invalid token”',
    '<https://larder.example/admin/content-manager/collection-types/api::machine.machine/machine-1|Machine>  ·  ' +
      '<https://larder.example/admin/content-manager/collection-types/api::incident.incident/incident-1|Incident>',
  ]);
});

it('calls the channel for urgent alerts that cannot wait, and never for an end', () => {
  const calling = Object.keys(causes).filter((cause) =>
    shown({ cause: cause as IncidentNews['cause'] }).includes('<!'),
  );
  expect(calling.sort()).toEqual([
    'dispute_opened',
    'gateway_down',
    'hold_expiring',
    'invalid_token',
    'ledger_mismatch',
    'lot_recalled',
    'payment_review',
    'purchase_review',
    'stripe_down',
    'subscription_expired',
    'temperature_out_of_range',
  ]);
  expect(shown({ severity: 'warning' })).not.toContain('<!');
  expect(shown({ kind: 'resolved' })).not.toContain('<!');
  expect(shown({ kind: 'counted' })).toContain('<!channel>');
});

it('counts since the last message', () => {
  expect(shown({ kind: 'counted', count: 12, reportedCount: 5 })).toContain('*Count* 12 (7 since the last message)');
});

it('speaks each language in full', () => {
  for (const cause of Object.keys(causes) as IncidentNews['cause'][]) {
    for (const kind of ['raised', 'resolved'] as const) {
      expect(shown({ cause, kind }, 'fr')).not.toBe(shown({ cause, kind }, 'en'));
    }
  }
  expect(shown({ kind: 'resolved' }, 'fr')).toContain("*Résolu : Vendron n'accepte pas notre jeton*");
});

it('stays within what Slack takes (3000 characters a block), whatever was said', () => {
  const long = '<&>'.repeat(2000);
  const text = shown({ message: long, vendorMessage: long, machineLabel: long, customerId: long });
  expect(text.length).toBeLessThanOrEqual(3000);
});
