import { Modal } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { DialogFooter } from '../dialog/DialogFooter';
import { DialogFrame, DialogTitle } from '../dialog/DialogFrame';
import { ReasonField } from '../dialog/ReasonField';
import { useReason } from '../dialog/useReason';
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
    <DialogFrame>
      <Form {...props} />
    </DialogFrame>
  );
}

function Form({ machine, verb, onDone }: Props) {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [decide, { isLoading }] = useDecideSalesMutation();
  const reason = useReason();
  const [refusal, setRefusal] = useState<string>();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.${name}`, defaultMessage });
  const isLock = verb === 'lock';

  const confirm = async () => {
    setRefusal(undefined);
    const why = reason.ask();
    if (why === null) return;
    const answer = await decide({ machine, verb, reason: why });
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    const done = isLock
      ? say('fridge.lock.done', 'Sales are locked.')
      : say('fridge.unlock.done', 'The fridge sells again.');
    toggleNotification({ type: 'success', message: done });
    onDone();
  };

  return (
    <>
      <DialogTitle>{isLock ? say('fridge.lock', 'Lock sales') : say('fridge.unlock', 'Unlock sales')}</DialogTitle>
      <Modal.Body>
        <ReasonField
          reason={reason}
          longest={LONGEST_REASON}
          hint={
            isLock
              ? say('fridge.lock.hint', 'Customers read this when they want to open the door.')
              : say('fridge.unlock.hint', 'Look at the fridge and its meals first. The reason stays in its history.')
          }
        />
      </Modal.Body>
      <DialogFooter refusal={refusal} isLoading={isLoading} onConfirm={() => void confirm()} />
    </>
  );
}
