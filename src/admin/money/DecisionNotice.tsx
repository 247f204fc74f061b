import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useForm, useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { NoNotice } from '../review/NoNotice';
import { DecisionDialog } from './DecisionDialog';
import type { Subject } from './decide-api';
import { useArrival } from './useArrival';

const MAY_DECIDE: Readonly<Record<Subject, { action: string; subject: null }[]>> = {
  debt: [{ action: 'plugin::billing.debt.decide', subject: null }],
  payment: [{ action: 'plugin::billing.payment.decide', subject: null }],
};

/** The state in which a person is waited for, and what is said about it. */
const WAITS: Readonly<Record<Subject, { readonly state: string; readonly notice: string }>> = {
  debt: { state: 'open', notice: 'The customer owes this, and no door opens for them. Please decide.' },
  payment: { state: 'review', notice: 'Stripe says something else than we do about this money. Please decide.' },
};

interface Entry {
  readonly documentId: string;
  readonly state: string;
  readonly currency: string;
  /** Of a debt. */
  readonly amount?: number;
  /** Of a payment: what was to be charged. */
  readonly captureAmount?: number | null;
}

/** Over the page of an open debt. */
export const DebtNotice = () => <DecisionNotice subject="debt" />;

/** Over the page of a payment under review. */
export const PaymentNotice = () => <DecisionNotice subject="payment" />;

function DecisionNotice({ subject }: { subject: Subject }) {
  const { formatMessage } = useIntl();
  const entry = useForm<Entry>('LarderDecision', ({ values }) => values as Entry);
  const { allowedActions } = useRBAC(MAY_DECIDE[subject]);
  const [isOpen, setOpen] = useState(false);
  const { state, notice } = WAITS[subject];
  const uid = `api::${subject}.${subject}`;
  useArrival(subject === 'payment' && entry.state === 'capturing', {
    uid,
    id: entry.documentId,
    of: uid,
    state: 'capturing',
    filters: { documentId: { $eq: entry.documentId } },
  });

  // An open dialog stays when somebody else was faster: it has that to say.
  if (!isOpen && !(entry.state === state && allowedActions.canDecide)) return <NoNotice />;
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={4} role="status">
      <Flex gap={4} justifyContent="space-between" wrap="wrap">
        <Flex gap={3} flex="1 1 24rem">
          <WarningCircle fill="warning600" width="2rem" height="2rem" style={{ flexShrink: 0 }} aria-hidden />
          <Typography fontWeight="bold" textColor="neutral800">
            {formatMessage({ id: `larder.decide.${subject}.notice`, defaultMessage: notice })}
          </Typography>
        </Flex>
        <Modal.Root open={isOpen} onOpenChange={setOpen}>
          <Modal.Trigger>
            <Button size="L">{formatMessage({ id: 'larder.review.decide', defaultMessage: 'Decide' })}</Button>
          </Modal.Trigger>
          <DecisionDialog
            subject={subject}
            id={entry.documentId}
            amount={entry.amount ?? entry.captureAmount ?? null}
            currency={entry.currency}
            onDone={() => setOpen(false)}
          />
        </Modal.Root>
      </Flex>
    </Box>
  );
}
