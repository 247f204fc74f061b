import { z } from 'zod';
import { SORT_FIELDS, STATES, type PurchaseSearch } from '../../../plugins/purchases/server/src/services';
import { parse, storableText, visibleUserId, type Caller, type Parsed } from '../../../shared/http';

const key = z.object({ id: storableText(120) });

/** A transaction's id or ref, from the path. */
export function parseKey(params: unknown): Parsed<{ id: string }> {
  return parse(key, params);
}

const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((text) => new Date(text));

const searchQuery = z.object({
  user: storableText(120).optional(),
  email: storableText(254).optional(),
  machine: storableText(120).optional(),
  state: z.enum(STATES, `must be one of ${STATES.join(', ')}`).optional(),
  from: moment.optional(),
  to: moment.optional(),
  page: z.coerce.number('must be a whole number').int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number('must be a whole number').int().min(1).max(100).default(25),
  sort: z
    .string('must be a text')
    .regex(
      new RegExp(`^(${SORT_FIELDS.join('|')})(:(asc|desc))?$`),
      `must be one of ${SORT_FIELDS.join(', ')}, with :asc or :desc`,
    )
    .default('createdAt:desc'),
});

/** `GET /transactions/search`. An unknown parameter is refused, because a misspelt filter would find everything. */
export function parseSearch(query: unknown, caller: Caller): Parsed<PurchaseSearch> {
  const given = parse(searchQuery.strict(), query);
  if (!given.ok) return given;
  const { sort, user, email, machine, state, from, to, page, pageSize } = given.value;
  const [field, direction] = sort.split(':');
  return {
    ok: true,
    value: {
      user,
      email,
      machine,
      state,
      from,
      to,
      page,
      pageSize,
      sort: {
        field: SORT_FIELDS.find((known) => known === field) ?? 'createdAt',
        direction: direction === 'asc' ? 'asc' : 'desc',
      },
      onlyUserId: visibleUserId(caller),
    },
  };
}
