import { Actor } from '../cells/Actor';
import { Choice } from '../cells/Choice';
import { Moment } from '../cells/Moment';
import { Money } from '../cells/Money';
import { YesNo } from '../cells/YesNo';
import { labelOf, translateColumnLabels } from './column-labels';
import type { Column, ListHook, Row } from './shapes';

/** Hook of the list view: labels in the language of the panel, and cells that can be read at a glance. */
export function showColumns<T extends ListHook>(given: T): T {
  translateColumnLabels(given.layout);
  return {
    ...given,
    displayedHeaders: given.displayedHeaders.map((column) => ({
      ...column,
      label: typeof column.label === 'string' ? labelOf(given.layout, column.name, column.label) : column.label,
      ...cellOf(column),
    })),
  };
}

/** Strapi's own cells print amounts in cents, dates in full and states as they are stored. */
function cellOf({ attribute, cellFormatter }: Column): Partial<Column> {
  if (cellFormatter) return {};
  if (attribute.pluginOptions?.larder?.show === 'money') {
    return { cellFormatter: (row, { name }) => <Money amount={row[name]} currency={row.currency} /> };
  }
  if (attribute.pluginOptions?.larder?.show === 'actor') {
    return { cellFormatter: (row, column) => <Actor actor={valueOf(row, column)} /> };
  }
  if (attribute.type === 'datetime') return { cellFormatter: (row, column) => <Moment at={valueOf(row, column)} /> };
  if (attribute.type === 'enumeration') {
    return { cellFormatter: (row, column) => <Choice value={valueOf(row, column)} /> };
  }
  if (attribute.type === 'boolean') return { cellFormatter: (row, column) => <YesNo value={valueOf(row, column)} /> };
  return {};
}

function valueOf(row: Row, { name }: Column): unknown {
  return row[name];
}
