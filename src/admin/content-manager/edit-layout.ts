import { translateLabel } from '../language/translate-label';
import type { EditField, EditHook } from './shapes';

/**
 * Hook of the edit view: labels and descriptions in the language of the panel, and fields that a schema marks with
 * `pluginOptions.larder.show` drawn by Larder's own components (`addFields` finds a component by the field's type).
 */
export function showFields<T extends EditHook>(given: T): T {
  const { layout } = given;
  return {
    ...given,
    layout: { ...layout, layout: layout.layout.map((panel) => panel.map((row) => row.map(show))) },
  };
}

function show(field: EditField): EditField {
  const component = field.attribute.pluginOptions?.larder?.show;
  return {
    ...field,
    label: translateLabel(field.label),
    ...(field.hint && { hint: translateLabel(field.hint) }),
    ...(component && { type: `larder-${component}` }),
  };
}
