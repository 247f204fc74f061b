/** One route: what it takes, and what it does. Parameters are read before anything happens. */
import type { Account } from '../account/account';
import type { CardBehaviour } from '../account/cards';
import type { Form } from '../wire/form';
import { listOf, readParams, text, type Shape } from '../wire/params';

export interface Call {
  readonly account: Account;
  /** What a fault wants the card of this request to do. */
  readonly verdict?: CardBehaviour;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  /** The ids in the path, or nothing where it is another route. */
  match(method: string, path: string): string[] | undefined;
  /** @throws Problem 400, before anything has happened. */
  prepare(form: Form): (call: Call, ids: string[]) => { answer: object; expand: string[] };
}

interface Definition<T> {
  /** `POST /v1/refunds/:id` */
  readonly at: string;
  readonly takes: Shape<T>;
  readonly needs?: readonly (keyof T & string)[];
  readonly run: (call: Call, params: T, ...ids: string[]) => object;
}

export function route<T>({ at, takes, needs = [], run }: Definition<T>): Route {
  const [method = '', path = ''] = at.split(' ');
  const pattern = new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`);
  const shape = { ...takes, expand: listOf(text) } as unknown as Shape<T>;
  return {
    method,
    path,
    match: (wanted, actual) => (wanted === method ? pattern.exec(actual)?.slice(1) : undefined),
    prepare(form) {
      const params = readParams(shape, needs, form);
      const { expand = [] } = params as { expand?: string[] };
      return (call, ids) => ({ answer: run(call, params, ...ids), expand });
    },
  };
}
