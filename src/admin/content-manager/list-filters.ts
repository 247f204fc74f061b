import { translateLabel } from '../language/translate-label';
import type { FilterHook } from './shapes';

/** Hook of the filters above a list: their names in the language of the panel. */
export function translateFilters<T extends FilterHook>(given: T): T {
  return {
    ...given,
    displayedFilters: given.displayedFilters.map((filter) =>
      typeof filter.label === 'string' ? { ...filter, label: translateLabel(filter.label) } : filter,
    ),
  };
}
