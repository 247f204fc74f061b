import { translateLabel } from '../language/translate-label';
import { withNotice } from '../review/notice-row';
import type { EditField, EditHook, Show } from './shapes';

/**
 * Hook of the edit view: labels and descriptions in the language of the panel, and Larder's own components where they
 * read better than Strapi's (`addFields` finds a component by the field's type).
 */
export function showFields<T extends EditHook>(given: T): T {
  const shown = { ...given.layout, layout: given.layout.layout.map((panel) => panel.map((row) => row.map(show))) };
  return { ...given, layout: { ...shown, layout: withNotice(shown) } };
}

function show(field: EditField): EditField {
  const component = componentFor(field);
  return {
    ...field,
    label: translateLabel(field.label),
    ...(field.hint && { hint: translateLabel(field.hint) }),
    // Without the bounds: Strapi writes them under the field as they are stored, an amount's in cents.
    ...(component && {
      type: `larder-${component}`,
      attribute: { ...field.attribute, min: undefined, max: undefined },
    }),
  };
}

function componentFor({ attribute, disabled }: EditField): Show | undefined {
  const asked = attribute.pluginOptions?.larder?.show;
  if (asked || !disabled) return asked;
  if (attribute.type === 'datetime') return 'moment';
  if (attribute.type === 'json') return 'data';
  return undefined;
}
