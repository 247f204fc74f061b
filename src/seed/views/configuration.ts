import type { View } from './view';

/** The shape in which the Content Manager stores a view (`plugin_content_manager_configuration_content_types::<uid>`). */
export interface Configuration {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly metadatas: Readonly<Record<string, Metadata>>;
  readonly layouts: { readonly list: readonly string[]; readonly edit: readonly (readonly Cell[])[] };
}

export interface Metadata {
  readonly edit: Readonly<Record<string, unknown>>;
  readonly list: Readonly<Record<string, unknown>>;
}

export interface Cell {
  readonly name: string;
  readonly size: number;
}

const TIMESTAMPS: View['fields'] = { createdAt: { label: 'Created at' }, updatedAt: { label: 'Updated at' } };

/** The configuration that shows `view`, made from the one Strapi generated: what the view says nothing of stays. */
export function configurationFor(view: View, generated: Configuration): Configuration {
  const fields = { ...TIMESTAMPS, ...view.fields };
  const metadatas = Object.entries(generated.metadatas).map(([name, metadata]): [string, Metadata] => {
    const field = fields[name];
    const list = { ...metadata.list, ...(view.sortable && { sortable: view.sortable.includes(name) }) };
    if (!field) return [name, { ...metadata, list }];
    const isEditable = !view.isHistory && !field.isFact;
    return [
      name,
      {
        list: { ...list, label: field.label },
        edit: {
          ...metadata.edit,
          label: field.label,
          description: field.description ?? '',
          editable: isEditable,
          ...(field.by && { mainField: field.by }),
        },
      },
    ];
  });
  return {
    settings: {
      ...generated.settings,
      mainField: view.mainField,
      defaultSortBy: view.sort[0],
      defaultSortOrder: view.sort[1],
      pageSize: 20,
      searchable: view.searchedBy === undefined || Object.keys(view.searchedBy).length > 0,
      filterable: true,
      // Ticking rows leads to deleting them, and history is not deleted.
      bulkable: !view.isHistory,
    },
    metadatas: Object.fromEntries(metadatas),
    layouts: {
      list: [...view.columns],
      edit: view.rows.map((row) => Object.entries(row).map(([name, size]) => ({ name, size }))),
    },
  };
}
