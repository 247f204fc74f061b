/** react-intl's `formatMessage`. */
type Say = (text: { id: string; defaultMessage: string }, values?: Record<string, string>) => string;

/** Whom the server has to be asked for. */
export function isToBeAsked(actor: string): boolean {
  return /^(admin|token):\d{1,9}$/.test(actor);
}

/**
 * Who did it, for people: of `admin:2` and `token:3` the name, where there still is one.
 * @param name undefined while it is not known yet.
 */
export function actorText(actor: string, name: string | null | undefined, say: Say): string {
  if (name) return name;
  const [kind = '', id = ''] = actor.split(':');
  switch (kind) {
    case 'admin':
      return name === null ? say({ id: 'larder.actor.admin', defaultMessage: 'Administrator {id}' }, { id }) : '';
    case 'token':
      return name === null ? say({ id: 'larder.actor.token', defaultMessage: 'API token {id}' }, { id }) : '';
    case 'larder':
      return 'Larder';
    case 'stripe':
      return say({ id: 'larder.actor.stripe', defaultMessage: 'Stripe’s dashboard' });
    case 'recall':
      return say({ id: 'larder.actor.recall', defaultMessage: 'Recall of a lot' });
    default:
      return actor;
  }
}
