import { Field, Flex, Loader, Modal, Radio, TextInput, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import { DialogFooter } from '../dialog/DialogFooter';
import { DialogFrame, DialogTitle } from '../dialog/DialogFrame';
import { ReasonField } from '../dialog/ReasonField';
import { Refusal } from '../refusals/Refusal';
import { refusalText } from '../refusals/refusal-text';
import { useRefundableQuery } from './refund-api';
import type { Refundable, RefundChoice } from './refund-choice';
import { RefundLines } from './RefundLines';
import { useRefund } from './useRefund';

interface Props {
  readonly transaction: string;
  readonly onDone: () => void;
}

/** The dialog in which a person gives money back. Each opening asks the server what is left. */
export function RefundDialog(props: Props) {
  return (
    <DialogFrame>
      <Asked {...props} />
    </DialogFrame>
  );
}

function Asked(props: Props) {
  const { formatMessage } = useIntl();
  const { data, error } = useRefundableQuery(props.transaction);
  const say = (id: string, defaultMessage: string) => formatMessage({ id, defaultMessage });
  return (
    <>
      <DialogTitle>{say('larder.refund.title', 'Refund this purchase')}</DialogTitle>
      {data && data.refundable > 0 ? (
        <Form {...props} of={data} />
      ) : (
        <Modal.Body>
          {!data && !error && <Loader small>{say('larder.records.loading', 'Loading')}</Loader>}
          {error && <Refusal message={refusalText(error, formatMessage)} />}
          {data && <Typography>{say('larder.refund.nothing', 'There is nothing left to refund.')}</Typography>}
        </Modal.Body>
      )}
    </>
  );
}

function Form({ transaction, of, onDone }: Props & { readonly of: Refundable }) {
  const { formatMessage, locale } = useIntl();
  const refund = useRefund(transaction, of, onDone);
  const most = formatMoney(of.refundable, of.currency, locale);
  const amount = formatMoney(refund.amount, of.currency, locale);
  const say = (id: string, defaultMessage: string) =>
    formatMessage({ id: `larder.refund.${id}`, defaultMessage }, { most, amount });

  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Sum label={say('left', 'Can still be refunded')} text={most} />
          <Radio.Group
            value={refund.choice.kind}
            onValueChange={(kind) => refund.choose(kind as RefundChoice['kind'])}
            aria-label={say('title', 'Refund this purchase')}
          >
            <Flex direction="column" alignItems="flex-start" gap={2}>
              <Radio.Item value="all">{say('all', 'Everything that is left')}</Radio.Item>
              <Radio.Item value="lines">{say('lines', 'Some products')}</Radio.Item>
              <Radio.Item value="amount">{say('amount', 'An amount')}</Radio.Item>
            </Flex>
          </Radio.Group>
          {refund.choice.kind === 'lines' && <RefundLines refund={refund} of={of} />}
          {refund.choice.kind === 'amount' && (
            <Field.Root
              name="larder-refund-amount"
              required
              error={refund.fault && say('amount.wrong', 'Write an amount up to {most}.')}
            >
              <Field.Label>{say('amount.label', 'Amount')}</Field.Label>
              <TextInput
                inputMode="decimal"
                value={refund.choice.typed}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) => refund.type(event.target.value)}
                endAction={of.currency}
              />
              <Field.Error />
            </Field.Root>
          )}
          <ReasonField
            reason={refund.reason}
            hint={say('hint', 'It takes five to ten days until it is on the customer’s account.')}
          />
          <Sum label={say('sum', 'The customer gets back')} text={amount} />
        </Flex>
      </Modal.Body>
      <DialogFooter
        refusal={refund.refusal}
        isLoading={refund.isLoading}
        onConfirm={() => void refund.confirm()}
        confirm={say('confirm', 'Refund {amount}')}
      />
    </>
  );
}

function Sum({ label, text }: { label: string; text: string }) {
  return (
    <Flex justifyContent="space-between" alignItems="baseline" gap={4}>
      <Typography fontWeight="bold" textColor="neutral800">
        {label}
      </Typography>
      <Typography variant="delta" textColor="neutral800" aria-live="polite">
        {text}
      </Typography>
    </Flex>
  );
}
