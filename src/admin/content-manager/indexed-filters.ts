/** As much of a filter of the Content Manager as Larder touches. */
export interface Filter {
  readonly name: string;
  readonly type?: string;
  readonly label: string | object;
  readonly operators?: readonly Operator[];
}

export interface Operator {
  readonly value: string;
  readonly label: { readonly id: string; readonly defaultMessage: string };
}

const RANGE = ['$gt', '$gte', '$lt', '$lte'];

/** The words are Strapi's own, in both languages. */
const WORDS: Readonly<Record<string, string>> = {
  $eq: 'is',
  $gt: 'is greater than',
  $gte: 'is greater than or equal to',
  $lt: 'is less than',
  $lte: 'is less than or equal to',
};

/**
 * The filters to offer. A type whose schema.json has `pluginOptions.larder.filters` grows without end: it is filtered by
 * these alone (`indexed`), in the ways an index can answer.
 */
export function offeredFilters(filters: readonly Filter[], indexed: readonly string[] | undefined): readonly Filter[] {
  if (!indexed) return filters;
  return filters
    .filter(({ name }) => indexed.includes(name))
    .map((filter) => ({ ...filter, operators: operatorsOf(filter) }));
}

function operatorsOf({ type }: Filter): Operator[] {
  return (type === 'datetime' ? RANGE : ['$eq']).map((value) => ({
    value,
    label: { id: `components.FilterOptions.FILTER_TYPES.${value}`, defaultMessage: WORDS[value] ?? value },
  }));
}
