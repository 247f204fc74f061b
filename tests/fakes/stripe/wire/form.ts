/** Forms with nested keys, as Stripe takes them: `a[b]=1`, `a[0][c]=2`, `expand[]=x`. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = Record<string, FormValue>;

/** The nested values of a form or a query. Objects whose keys are all numbers become lists. */
export function parseForm(text: string): Form {
  const root: Form = {};
  for (const [name, value] of new URLSearchParams(text)) put(root, pathOf(name), value);
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, withLists(value)]));
}

function pathOf(name: string): string[] {
  const head = name.split('[', 1)[0] ?? '';
  return [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
}

function put(into: Record<string, FormValue>, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path;
  const key = first === '' ? String(Object.keys(into).length) : first;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const known = into[key];
  const next = typeof known === 'object' && !Array.isArray(known) ? known : {};
  into[key] = next;
  put(next, rest, value);
}

function withLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  if (isList) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  return Object.fromEntries(entries);
}
