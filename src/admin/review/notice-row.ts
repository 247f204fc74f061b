import type { EditField, EditHook } from '../content-manager/shapes';

const noticeOf = (type: string): EditField => ({
  // Strapi shows a field to whoever may read the attribute it is named after.
  name: type === 'larder-fridge' ? 'label' : 'state',
  type,
  label: 'Review',
  attribute: { type: 'enumeration' },
  disabled: true,
  visible: true,
  size: 12,
});

/**
 * Puts a notice over the fields where a type asks for it: of a review in `pluginOptions.larder.isReviewed`, of a decision
 * about money, a fridge or a lot in `pluginOptions.larder.decides`: whichever fields an administrator has put on the page, and on a phone too, where Strapi folds its side panels away.
 */
export function withNotice({ layout, options }: EditHook['layout']): EditHook['layout']['layout'] {
  const [first = [], ...others] = layout;
  const { isReviewed, decides } = options?.larder ?? {};
  const type = isReviewed ? 'review' : decides;
  return type ? [[[noticeOf(`larder-${type}`)], ...first], ...others] : layout;
}
