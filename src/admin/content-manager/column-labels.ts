import { translateLabel } from '../language/translate-label';
import type { ListLayout } from './shapes';

const stored = new WeakMap<object, string>();

/**
 * Writes the labels of a list in the language of the panel into its layout, in place: the picker of columns behind the
 * cog reads them there and asks no hook. The stored texts are kept, for the layout outlives a change of language.
 */
export function translateColumnLabels(layout: ListLayout): void {
  for (const metadata of Object.values(layout.metadatas)) {
    const label = stored.get(metadata) ?? metadata.label;
    if (!label) continue;
    stored.set(metadata, label);
    metadata.label = translateLabel(label);
  }
}

/** The label of a column as {@link translateColumnLabels} left it. */
export function labelOf(layout: ListLayout, name: string, otherwise: string): string {
  return layout.metadatas[name]?.label ?? otherwise;
}
