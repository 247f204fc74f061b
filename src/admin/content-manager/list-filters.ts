import { translateLabel } from '../language/translate-label';
import { offeredFilters } from './indexed-filters';
import type { FilterHook } from './shapes';

/** Hook of the filters above a list: those that help, with their names in the language of the panel. */
export function showFilters<T extends FilterHook>(given: T): T {
  const offered = offeredFilters(given.displayedFilters, given.layout.options?.larder?.filters);
  return {
    ...given,
    displayedFilters: offered.map((filter) =>
      typeof filter.label === 'string' ? { ...filter, label: translateLabel(filter.label) } : filter,
    ),
  };
}
