import { Flex, Modal } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { DialogFooter } from '../dialog/DialogFooter';
import { DialogFrame, DialogTitle } from '../dialog/DialogFrame';
import { ReasonField } from '../dialog/ReasonField';
import { useReason } from '../dialog/useReason';
import { refusalText } from '../refusals/refusal-text';
import { useDecideLotMutation, type Lot, type LotVerb } from './lot-api';
import { RecallPreview } from './RecallPreview';

const LONGEST_REASON = 255;

const HINTS: Readonly<Record<LotVerb, string>> = {
  stop: 'Its meals are not for sale until somebody releases them.',
  release: 'Its meals are for sale again, unless they have expired.',
  recall: 'It stays on the page of the lot.',
};

const DONE: Readonly<Record<LotVerb, string>> = {
  stop: 'The sale of this lot is stopped.',
  release: 'This lot is for sale again.',
  recall: 'The lot is recalled.',
};

interface Props {
  readonly lot: Lot;
  readonly verb: LotVerb;
  readonly title: string;
  readonly onDone: () => void;
}

/** The dialog in which a person decides about a lot, with a reason. */
export function LotDialog(props: Props) {
  return (
    <DialogFrame>
      <Form {...props} />
    </DialogFrame>
  );
}

function Form({ lot, verb, title, onDone }: Props) {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [decide, { isLoading }] = useDecideLotMutation();
  const reason = useReason();
  const [refusal, setRefusal] = useState<string>();

  const confirm = async () => {
    setRefusal(undefined);
    const why = reason.ask();
    if (why === null) return;
    const answer = await decide({ lot: lot.id, verb, reason: why });
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    const done = formatMessage({ id: `larder.lot.${verb}.done`, defaultMessage: DONE[verb] });
    toggleNotification({ type: 'success', message: done });
    onDone();
  };

  return (
    <>
      <DialogTitle>{title}</DialogTitle>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          {verb === 'recall' && <RecallPreview lot={lot} />}
          <ReasonField
            reason={reason}
            longest={LONGEST_REASON}
            hint={formatMessage({ id: `larder.lot.${verb}.hint`, defaultMessage: HINTS[verb] })}
          />
        </Flex>
      </Modal.Body>
      <DialogFooter
        refusal={refusal}
        isLoading={isLoading}
        onConfirm={() => void confirm()}
        confirm={title}
        isDangerous={verb === 'recall'}
      />
    </>
  );
}
