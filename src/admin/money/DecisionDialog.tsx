import { Button, Field, Flex, Modal, Radio, Textarea, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import { Refusal } from '../refusals/Refusal';
import { refusalText } from '../refusals/refusal-text';
import { useDecideMoneyMutation, type Subject } from './decide-api';

const LONGEST_REASON = 500;

/** What can be decided, the first being where the dialog begins. */
const CHOICES: Readonly<Record<Subject, readonly (readonly [decision: string, otherwise: string])[]>> = {
  debt: [
    ['settle', 'It was paid outside Stripe'],
    ['forgive', 'It is forgiven'],
  ],
  payment: [
    ['charge', 'Charge it. What Stripe has charged already is kept'],
    ['debt', 'Let it be a debt of the customer'],
    ['forgive', 'Forgive it. What Stripe has charged already is given back'],
  ],
};

interface Props {
  readonly subject: Subject;
  readonly id: string;
  /** What it is about, in minor units; null where that is not known. */
  readonly amount: number | null;
  readonly currency: string;
  readonly onDone: () => void;
}

/** The dialog in which a person decides about money, with a reason. */
export function DecisionDialog(props: Props) {
  return (
    // A tap beside it would throw away what was typed.
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} aria-describedby={undefined}>
      <Form {...props} />
    </Modal.Content>
  );
}

function Form({ subject, id, amount, currency, onDone }: Props) {
  const { formatMessage, locale } = useIntl();
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const { toggleNotification } = useNotification();
  const [decide, { isLoading }] = useDecideMoneyMutation();
  const [decision, setDecision] = useState(CHOICES[subject][0]?.[0] ?? '');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.${name}`, defaultMessage });
  const title = say(`decide.${subject}.title`, 'What becomes of it?');

  const confirm = async () => {
    setTried(true);
    setRefusal(undefined);
    if (reason.trim() === '') return reasonField.current?.focus();
    const answer = await decide({ subject, id, decision, reason: reason.trim() });
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    toggleNotification({ type: 'success', message: say('decide.done', 'Decided.') });
    onDone();
  };

  return (
    <>
      <Modal.Header closeLabel={say('review.close', 'Close')}>
        <Modal.Title>{title}</Modal.Title>
      </Modal.Header>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          {amount !== null && (
            <Flex justifyContent="space-between" gap={3}>
              <Typography fontWeight="bold">{say(`decide.${subject}.amount`, 'Amount')}</Typography>
              <Typography variant="delta">{formatMoney(amount, currency, locale)}</Typography>
            </Flex>
          )}
          <Radio.Group value={decision} onValueChange={setDecision} aria-label={title}>
            <Flex direction="column" alignItems="flex-start" gap={2}>
              {CHOICES[subject].map(([name, otherwise]) => (
                <Radio.Item key={name} value={name}>
                  {say(`decide.${subject}.${name}`, otherwise)}
                </Radio.Item>
              ))}
            </Flex>
          </Radio.Group>
          <Field.Root
            name="larder-reason"
            required
            error={isTried && reason.trim() === '' && say('reason.missing', 'Say why.')}
            hint={say('decide.reason.hint', 'It stays in the history of the purchase.')}
          >
            <Field.Label>{say('review.reason', 'Reason')}</Field.Label>
            <Textarea
              ref={reasonField}
              value={reason}
              maxLength={LONGEST_REASON}
              onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setReason(event.target.value)}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
        </Flex>
      </Modal.Body>
      <Modal.Footer wrap="wrap" gap={3}>
        {refusal && <Refusal message={refusal} />}
        <Modal.Close>
          <Button variant="tertiary">{say('review.cancel', 'Cancel')}</Button>
        </Modal.Close>
        <Button onClick={() => void confirm()} loading={isLoading}>
          {say('review.confirm', 'Confirm')}
        </Button>
      </Modal.Footer>
    </>
  );
}
