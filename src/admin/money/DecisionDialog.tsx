import { Flex, Modal, Radio, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import { DialogFooter } from '../dialog/DialogFooter';
import { DialogFrame, DialogTitle } from '../dialog/DialogFrame';
import { ReasonField } from '../dialog/ReasonField';
import { useReason } from '../dialog/useReason';
import { refusalText } from '../refusals/refusal-text';
import { useDecideMoneyMutation, type Subject } from './decide-api';

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
    <DialogFrame>
      <Form {...props} />
    </DialogFrame>
  );
}

function Form({ subject, id, amount, currency, onDone }: Props) {
  const { formatMessage, locale } = useIntl();
  const reason = useReason();
  const { toggleNotification } = useNotification();
  const [decide, { isLoading }] = useDecideMoneyMutation();
  const [decision, setDecision] = useState(CHOICES[subject][0]?.[0] ?? '');
  const [refusal, setRefusal] = useState<string>();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.${name}`, defaultMessage });
  const title = say(`decide.${subject}.title`, 'What becomes of it?');

  const confirm = async () => {
    setRefusal(undefined);
    const why = reason.ask();
    if (why === null) return;
    const answer = await decide({ subject, id, decision, reason: why });
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    toggleNotification({ type: 'success', message: say('decide.done', 'Decided.') });
    onDone();
  };

  return (
    <>
      <DialogTitle>{title}</DialogTitle>
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
          <ReasonField reason={reason} hint={say('decide.reason.hint', 'It stays in the history of the purchase.')} />
        </Flex>
      </Modal.Body>
      <DialogFooter refusal={refusal} isLoading={isLoading} onConfirm={() => void confirm()} />
    </>
  );
}
