import { Button, Flex, Modal } from '@strapi/design-system';
import { useForm, useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { RefundDialog } from './RefundDialog';

const MAY_REFUND = [{ action: 'plugin::billing.refund.create', subject: null }];

interface Purchase {
  readonly documentId: string;
  readonly paymentState: string;
}

/** On the page of a transaction that was charged: opens the dialog that gives money back. */
export function RefundButton({ onRefunded }: { onRefunded: () => void }) {
  const { formatMessage } = useIntl();
  const purchase = useForm<Purchase>('LarderRefund', ({ values }) => values as Purchase);
  const { allowedActions } = useRBAC(MAY_REFUND);
  const [isOpen, setOpen] = useState(false);

  const done = () => {
    setOpen(false);
    onRefunded();
  };
  if (!isOpen && !(purchase.paymentState === 'captured' && allowedActions.canCreate)) return null;
  return (
    <Flex>
      <Modal.Root open={isOpen} onOpenChange={setOpen}>
        <Modal.Trigger>
          <Button variant="secondary">{formatMessage({ id: 'larder.refund.open', defaultMessage: 'Refund' })}</Button>
        </Modal.Trigger>
        <RefundDialog transaction={purchase.documentId} onDone={done} />
      </Modal.Root>
    </Flex>
  );
}
