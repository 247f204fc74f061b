import type { Filter } from './indexed-filters';

/** As much of the Content Manager's layouts as Larder touches; Strapi 5.54 does not export their types. */
export interface Attribute {
  readonly type: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly pluginOptions?: { readonly larder?: { readonly show?: Show } };
}

/**
 * How the panel shows an attribute: as the schema.json asks in `pluginOptions.larder.show`, or, of what nobody may type
 * into, by its type.
 */
export type Show = 'money' | 'lines' | 'payments' | 'history' | 'moment' | 'data' | 'actor' | 'message';

export interface EditField {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly visible?: boolean;
  /** Columns of twelve. */
  readonly size?: number;
  readonly attribute: Attribute;
}

/** Panels of rows of fields. */
export type EditRows = readonly (readonly (readonly EditField[])[])[];

export interface EditHook {
  readonly layout: {
    readonly layout: EditRows;
    /** With the `pluginOptions` of the content type among them. */
    readonly options?: {
      readonly larder?: { readonly isReviewed?: boolean; readonly decides?: 'debt' | 'payment' | 'fridge' | 'lot' };
    };
  };
}

export interface Column {
  readonly name: string;
  readonly label: string | object;
  readonly attribute: Attribute;
  readonly cellFormatter?: (row: Row, header: Column) => React.ReactNode;
}

export type Row = Readonly<Record<string, unknown>>;

export interface ListLayout {
  readonly metadatas: Readonly<Record<string, { label?: string }>>;
}

export interface ListHook {
  readonly displayedHeaders: readonly Column[];
  readonly layout: ListLayout;
}

export interface FilterHook {
  readonly displayedFilters: readonly Filter[];
  readonly layout: {
    /** With the `pluginOptions` of the content type among them. */
    readonly options?: { readonly larder?: { readonly filters?: readonly string[] } };
  };
}
