import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Minus, Plus, Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import { MOST, type Product, type Taken } from './decision';

interface Props {
  readonly taken: Taken;
  readonly product: Product | undefined;
  /** Looked up, and not in the catalogue in the purchase's currency. */
  readonly isUnknown: boolean;
  readonly currency: string;
  readonly onCount: (quantity: number) => void;
  readonly onRemove: () => void;
}

/** One product that was taken, with its quantity. On a phone the quantity is under the name. */
export function TakenProduct({ taken, product, isUnknown, currency, onCount, onRemove }: Props) {
  const { formatMessage, locale } = useIntl();
  const { sku, quantity } = taken;
  const name = product?.name ?? taken.name;
  const say = (id: string, defaultMessage: string) =>
    formatMessage({ id: `larder.review.${id}`, defaultMessage }, { name });
  return (
    <Box tag="li" padding={3} data-larder-sku={sku}>
      <Flex gap={3} justifyContent="space-between" wrap="wrap">
        <Box flex="1 1 20rem">
          <Typography tag="p" textColor="neutral800" fontWeight="semiBold">
            {name}
          </Typography>
          <Typography tag="p" variant="pi" textColor={isUnknown ? 'warning700' : 'neutral600'}>
            {[
              sku,
              isUnknown ? say('unknown', 'not in the catalogue') : formatMoney(product?.unitAmount, currency, locale),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Typography>
        </Box>
        <Flex gap={2} role="group" aria-label={say('quantity', 'Quantity of {name}')}>
          <IconButton
            label={say('less', 'One less: {name}')}
            size="L"
            disabled={quantity <= 1}
            onClick={() => onCount(quantity - 1)}
          >
            <Minus />
          </IconButton>
          <Typography fontWeight="bold" textAlign="center" minWidth="3rem" aria-live="polite">
            {quantity}
          </Typography>
          <IconButton
            label={say('more', 'One more: {name}')}
            size="L"
            disabled={quantity >= MOST}
            onClick={() => onCount(quantity + 1)}
          >
            <Plus />
          </IconButton>
          <IconButton label={say('remove', 'Remove: {name}')} size="L" variant="danger-light" onClick={onRemove}>
            <Trash />
          </IconButton>
        </Flex>
      </Flex>
    </Box>
  );
}
