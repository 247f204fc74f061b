import { translateLabel } from '../language/translate-label';
import type { Filter, FilterHook } from './shapes';

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
 * Hook of the filters above a list: their names in the language of the panel. A type whose schema.json has
 * `pluginOptions.larder.filters` grows without end: it is filtered by these alone, in the ways an index can answer.
 */
export function showFilters<T extends FilterHook>(given: T): T {
  const indexed = given.layout.options?.larder?.filters;
  const offered = given.displayedFilters.filter(({ name }) => indexed?.includes(name) ?? true);
  return {
    ...given,
    displayedFilters: offered.map((filter) => ({
      ...filter,
      ...(typeof filter.label === 'string' && { label: translateLabel(filter.label) }),
      ...(indexed && { operators: operatorsOf(filter) }),
    })),
  };
}

function operatorsOf({ type }: Filter) {
  const values = type === 'datetime' ? RANGE : ['$eq'];
  return values.map((value) => ({
    value,
    label: { id: `components.FilterOptions.FILTER_TYPES.${value}`, defaultMessage: WORDS[value] ?? value },
  }));
}
