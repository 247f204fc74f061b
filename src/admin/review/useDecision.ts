import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useReason } from '../dialog/useReason';
import { refusalText } from '../refusals/refusal-text';
import { useProducts } from './catalogue';
import { takenFrom, withOneMore, without, withQuantity, type Product, type Taken } from './decision';
import type { PurchaseUnderReview } from './purchase';
import { useSettleReviewMutation } from './settle-review';

export type Choice = 'products' | 'nothing';

/** What a person has decided so far about a purchase, and how to send it. */
export function useDecision({ documentId, basket, currency }: PurchaseUnderReview, onSettled: () => void) {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [settle, { isLoading }] = useSettleReviewMutation();
  const [reported] = useState(() => takenFrom(basket));
  const [taken, setTaken] = useState<readonly Taken[]>(reported);
  const [added, setAdded] = useState<readonly Product[]>([]);
  const [choice, setChoice] = useState<Choice>('products');
  const reason = useReason();
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const known = useProducts(
    reported.map(({ sku }) => sku),
    currency,
  );
  const isEmpty = choice === 'products' && taken.length === 0;

  return {
    reported,
    taken,
    choice,
    reason,
    refusal,
    isLoading,
    /** Undefined until the prices are looked up. */
    catalogue: known && new Map([...known, ...added.map((product): [string, Product] => [product.sku, product])]),
    isEmptyWrong: isTried && isEmpty,
    choose: setChoice,
    remove: (sku: string) => setTaken(without(taken, sku)),
    count: (sku: string, quantity: number) => setTaken(withQuantity(taken, sku, quantity)),
    add(product: Product) {
      setAdded([...added, product]);
      setTaken(withOneMore(taken, product));
    },
    /** Sends it where it is complete; else what is missing is shown from now on. */
    async confirm() {
      setTried(true);
      setRefusal(undefined);
      const why = reason.ask();
      if (isEmpty || why === null) return;
      const products = choice === 'nothing' ? [] : taken.map(({ sku, quantity }) => ({ sku, quantity }));
      const answer = await settle({ transaction: documentId, products, reason: why });
      if ('error' in answer) {
        return setRefusal(refusalText(answer.error, formatMessage));
      }
      const done = { id: 'larder.review.done', defaultMessage: 'Decided. The purchase is over.' };
      toggleNotification({ type: 'success', message: formatMessage(done) });
      onSettled();
    },
  };
}

export type Decision = ReturnType<typeof useDecision>;
