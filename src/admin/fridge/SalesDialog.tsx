import { Button, Field, Modal, Textarea } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Refusal } from '../refusals/Refusal';
import { refusalText } from '../refusals/refusal-text';
import { useDecideSalesMutation } from './fridge-api';

const LONGEST_REASON = 255;

interface Props {
  readonly machine: string;
  readonly verb: 'lock' | 'unlock';
  readonly onDone: () => void;
}

/** The dialog in which a person locks or unlocks sales, with a reason. */
export function SalesDialog(props: Props) {
  return (
    // A tap beside it would throw away what was typed.
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} aria-describedby={undefined}>
      <Form {...props} />
    </Modal.Content>
  );
}

function Form({ machine, verb, onDone }: Props) {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [decide, { isLoading }] = useDecideSalesMutation();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.${name}`, defaultMessage });
  const isLock = verb === 'lock';

  const confirm = async () => {
    setTried(true);
    setRefusal(undefined);
    if (reason.trim() === '') return;
    const answer = await decide({ machine, verb, reason: reason.trim() });
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    const done = isLock
      ? say('fridge.lock.done', 'Sales are locked.')
      : say('fridge.unlock.done', 'The fridge sells again.');
    toggleNotification({ type: 'success', message: done });
    onDone();
  };

  return (
    <>
      <Modal.Header closeLabel={say('review.close', 'Close')}>
        <Modal.Title>{isLock ? say('fridge.lock', 'Lock sales') : say('fridge.unlock', 'Unlock sales')}</Modal.Title>
      </Modal.Header>
      <Modal.Body>
        <Field.Root
          name="larder-reason"
          required
          error={isTried && reason.trim() === '' && say('reason.missing', 'Say why.')}
          hint={
            isLock
              ? say('fridge.lock.hint', 'Customers read this when they want to open the door.')
              : say('fridge.unlock.hint', 'Look at the fridge and its meals first. The reason stays in its history.')
          }
        >
          <Field.Label>{say('review.reason', 'Reason')}</Field.Label>
          <Textarea
            value={reason}
            maxLength={LONGEST_REASON}
            onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setReason(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
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
