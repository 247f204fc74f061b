import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { formatMoney } from '../cells/money';
import { AddProduct } from './AddProduct';
import { estimate } from './decision';
import { TakenProduct } from './TakenProduct';
import type { Decision } from './useDecision';

const List = styled.ul`
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  li + li {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** The products a person says were taken, a way to add one, and what they come to. */
export function TakenProducts({ decision, currency }: { decision: Decision; currency: string }) {
  const { formatMessage, locale } = useIntl();
  const { taken, catalogue } = decision;
  const missing = {
    id: 'larder.review.products.missing',
    defaultMessage: 'Add what was taken, or choose “Nothing was taken”.',
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {taken.length > 0 && (
        <List>
          {taken.map((one) => (
            <TakenProduct
              key={one.sku}
              taken={one}
              product={catalogue?.get(one.sku)}
              isUnknown={catalogue !== undefined && !catalogue.has(one.sku)}
              currency={currency}
              onCount={(quantity) => decision.count(one.sku, quantity)}
              onRemove={() => decision.remove(one.sku)}
            />
          ))}
        </List>
      )}
      <AddProduct currency={currency} onAdd={decision.add} error={decision.isEmptyWrong && formatMessage(missing)} />
      <Box>
        <Flex justifyContent="space-between" alignItems="baseline" gap={4}>
          <Typography fontWeight="bold" textColor="neutral800">
            {formatMessage({ id: 'larder.review.estimate', defaultMessage: 'Estimated total' })}
          </Typography>
          <Typography variant="delta" textColor="neutral800" aria-live="polite" data-larder="estimate">
            {catalogue ? formatMoney(estimate(taken, catalogue), currency, locale) : '–'}
          </Typography>
        </Flex>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {formatMessage({
            id: 'larder.review.estimate.hint',
            defaultMessage: 'At today’s catalogue prices. What counts is the price of the moment the door opened.',
          })}
        </Typography>
      </Box>
    </Flex>
  );
}
