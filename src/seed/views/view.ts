/**
 * How one content type looks in the Content Manager. Labels and descriptions are English here; the panel translates
 * them by their text (src/admin/translations/labels.fr.json), so that a label somebody types by hand stays as typed.
 */
export interface View {
  readonly uid: string;
  /** The attribute that names an entry: title of its page, label of a relation that names no other. */
  readonly mainField: string;
  readonly sort: readonly [attribute: string, order: 'ASC' | 'DESC'];
  /** What a list can be sorted by. Absent: anything. On tables that grow without end, only what an index gives the order of. */
  readonly sortable?: readonly string[];
  /**
   * What the field over the list searches: a whole reference, or its beginning, by an index. Absent: any text anywhere,
   * which reads the whole table. Empty: there is no such field.
   */
  readonly searchedBy?: Readonly<Record<string, 'whole' | 'beginning'>>;
  /** Columns of the list, in order. */
  readonly columns: readonly string[];
  /** Rows of the page: twelve units wide, attributes with their width. What is in no row is not shown. */
  readonly rows: readonly Row[];
  readonly fields: Readonly<Record<string, Field>>;
  /** History: nothing on its page can be typed into, whoever looks. */
  readonly isHistory?: boolean;
}

export type Row = Readonly<Record<string, number>>;

export interface Field {
  readonly label: string;
  /** Shown under the field. */
  readonly description?: string;
  /** For a relation: the attribute of the other type that stands for the entry. */
  readonly by?: string;
  /** Written by Larder alone. */
  readonly isFact?: boolean;
}
