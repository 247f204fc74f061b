import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useForm, useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { NoNotice } from './NoNotice';
import type { PurchaseUnderReview } from './purchase';
import { ReviewDialog } from './ReviewDialog';

const MAY_SETTLE = [{ action: 'plugin::purchases.review.settle', subject: null }];

/** Over the page of a purchase under review: it waits for a person, and here is where they decide. */
export function ReviewNotice() {
  const { formatMessage } = useIntl();
  const purchase = useForm<PurchaseUnderReview>('LarderReview', ({ values }) => values as PurchaseUnderReview);
  const { allowedActions } = useRBAC(MAY_SETTLE);
  const [isOpen, setOpen] = useState(false);

  // An open dialog stays when somebody else was faster: it has that to say.
  if (!isOpen && !(purchase.state === 'review' && allowedActions.canSettle)) return <NoNotice />;
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={4} role="status">
      <Flex gap={4} justifyContent="space-between" wrap="wrap">
        <Flex gap={3} flex="1 1 24rem">
          <WarningCircle fill="warning600" width="2rem" height="2rem" style={{ flexShrink: 0 }} aria-hidden />
          <Typography fontWeight="bold" textColor="neutral800">
            {formatMessage({
              id: 'larder.review.notice',
              defaultMessage: 'Nobody could tell what was taken. Please decide.',
            })}
          </Typography>
        </Flex>
        <Modal.Root open={isOpen} onOpenChange={setOpen}>
          <Modal.Trigger>
            <Button size="L">{formatMessage({ id: 'larder.review.decide', defaultMessage: 'Decide' })}</Button>
          </Modal.Trigger>
          <ReviewDialog purchase={purchase} onSettled={() => setOpen(false)} />
        </Modal.Root>
      </Flex>
    </Box>
  );
}
