import { Button, Field, Flex, Modal, Radio, Textarea, Typography } from '@strapi/design-system';
import { useRef } from 'react';
import { useIntl } from 'react-intl';
import { Refusal } from '../refusals/Refusal';
import type { PurchaseUnderReview } from './purchase';
import { TakenProducts } from './TakenProducts';
import { useDecision, type Choice } from './useDecision';

const LONGEST_REASON = 500;

interface Props {
  readonly purchase: PurchaseUnderReview;
  readonly onSettled: () => void;
}

/** The dialog in which a person says what was taken. Each opening starts from the fridge's last list. */
export function ReviewDialog(props: Props) {
  return (
    // A tap beside it would throw away what was typed.
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} aria-describedby={undefined}>
      <Form {...props} />
    </Modal.Content>
  );
}

function Form({ purchase, onSettled }: Props) {
  const { formatMessage } = useIntl();
  const decision = useDecision(purchase, onSettled);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const confirm = () => {
    if (decision.reason.trim() === '') reasonField.current?.focus();
    void decision.confirm();
  };
  const say = (id: string, defaultMessage: string) => formatMessage({ id: `larder.review.${id}`, defaultMessage });

  return (
    <>
      <Modal.Header closeLabel={say('close', 'Close')}>
        <Modal.Title>{say('title', 'What was taken?')}</Modal.Title>
      </Modal.Header>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Typography textColor="neutral600">
            {decision.reported.length > 0
              ? say('reported', 'This is the last list the fridge sent. Correct it where it is wrong.')
              : say('unreported', 'The fridge sent no list. Add what was taken.')}
          </Typography>
          <Radio.Group
            value={decision.choice}
            onValueChange={(choice) => decision.choose(choice as Choice)}
            aria-label={say('title', 'What was taken?')}
          >
            <Flex direction="column" alignItems="flex-start" gap={2}>
              <Radio.Item value="products">{say('products', 'These products were taken')}</Radio.Item>
              <Radio.Item value="nothing">{say('nothing', 'Nothing was taken')}</Radio.Item>
            </Flex>
          </Radio.Group>
          {decision.choice === 'products' && <TakenProducts decision={decision} currency={purchase.currency} />}
          <Field.Root
            name="larder-reason"
            required
            error={decision.isReasonWrong && say('reason.missing', 'Say why you decide so.')}
            hint={say('reason.hint', 'It stays in the history of the purchase.')}
          >
            <Field.Label>{say('reason', 'Reason')}</Field.Label>
            <Textarea
              ref={reasonField}
              value={decision.reason}
              maxLength={LONGEST_REASON}
              onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => decision.explain(event.target.value)}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
        </Flex>
      </Modal.Body>
      <Modal.Footer wrap="wrap" gap={3}>
        {decision.refusal && <Refusal message={decision.refusal} />}
        <Modal.Close>
          <Button variant="tertiary">{say('cancel', 'Cancel')}</Button>
        </Modal.Close>
        <Button onClick={confirm} loading={decision.isLoading}>
          {say('confirm', 'Confirm')}
        </Button>
      </Modal.Footer>
    </>
  );
}
