import type { EditField, EditHook } from '../content-manager/shapes';

const notice: EditField = {
  // Strapi shows a field to whoever may read the attribute it is named after.
  name: 'state',
  type: 'larder-review',
  label: 'Review',
  attribute: { type: 'enumeration' },
  disabled: true,
  visible: true,
  size: 12,
};

/**
 * Puts the notice of a review over the fields where a type asks for it in `pluginOptions.larder.isReviewed`: whichever
 * fields an administrator has put on the page, and on a phone too, where Strapi folds its side panels away.
 */
export function withReviewNotice({ layout, options }: EditHook['layout']): EditHook['layout']['layout'] {
  const [first = [], ...others] = layout;
  return options?.larder?.isReviewed ? [[[notice], ...first], ...others] : layout;
}
