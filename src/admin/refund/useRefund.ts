import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useReason } from '../dialog/useReason';
import { refusalText } from '../refusals/refusal-text';
import { useRefundMutation } from './refund-api';
import { checkChoice, stepped, sumOf, type Refundable, type RefundableLine, type RefundChoice } from './refund-choice';

/** What a person wants to give back so far, and how to send it. */
export function useRefund(transaction: string, of: Refundable, onDone: () => void) {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [send, { isLoading }] = useRefundMutation();
  const [key] = useState(newKey);
  const [choice, setChoice] = useState<RefundChoice>({ kind: 'all', quantities: {}, typed: '' });
  const reason = useReason();
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const checked = checkChoice(choice, of);

  return {
    choice,
    reason,
    refusal,
    isLoading,
    /** In minor units; of products also where they come to too much. */
    amount: checked.kind === 'fine' ? checked.amount : choice.kind === 'lines' ? sumOf(choice.quantities, of) : 0,
    fault: isTried && checked.kind !== 'fine' ? checked.kind : undefined,
    choose: (kind: RefundChoice['kind']) => setChoice({ ...choice, kind }),
    type: (typed: string) => setChoice({ ...choice, typed }),
    step: (line: RefundableLine, by: 1 | -1) =>
      setChoice({ ...choice, quantities: stepped(choice.quantities, line, by) }),
    /** Sends it where it is complete; else what is missing is shown from now on. */
    async confirm() {
      setTried(true);
      setRefusal(undefined);
      const why = reason.ask(checked.kind === 'fine');
      if (checked.kind !== 'fine' || why === null) return;
      const answer = await send({ transaction, key, body: { ...checked.body, reason: why } });
      if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
      const done = { id: 'larder.refund.done', defaultMessage: 'The refund is on its way.' };
      toggleNotification({ type: 'success', message: formatMessage(done) });
      onDone();
    },
  };
}

export type RefundForm = ReturnType<typeof useRefund>;

/** Not `randomUUID`: a panel that is not behind TLS has none. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
