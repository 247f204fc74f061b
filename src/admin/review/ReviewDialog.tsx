import { Flex, Modal, Radio, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { DialogFooter } from '../dialog/DialogFooter';
import { DialogFrame, DialogTitle } from '../dialog/DialogFrame';
import { ReasonField } from '../dialog/ReasonField';
import type { PurchaseUnderReview } from './purchase';
import { TakenProducts } from './TakenProducts';
import { useDecision, type Choice } from './useDecision';

interface Props {
  readonly purchase: PurchaseUnderReview;
  readonly onSettled: () => void;
}

/** The dialog in which a person says what was taken. Each opening starts from the fridge's last list. */
export function ReviewDialog(props: Props) {
  return (
    <DialogFrame>
      <Form {...props} />
    </DialogFrame>
  );
}

function Form({ purchase, onSettled }: Props) {
  const { formatMessage } = useIntl();
  const decision = useDecision(purchase, onSettled);
  const say = (id: string, defaultMessage: string) => formatMessage({ id: `larder.review.${id}`, defaultMessage });

  return (
    <>
      <DialogTitle>{say('title', 'What was taken?')}</DialogTitle>
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
          <ReasonField
            reason={decision.reason}
            hint={say('reason.hint', 'It stays in the history of the purchase.')}
            missing={say('reason.missing', 'Say why you decide so.')}
          />
        </Flex>
      </Modal.Body>
      <DialogFooter
        refusal={decision.refusal}
        isLoading={decision.isLoading}
        onConfirm={() => void decision.confirm()}
      />
    </>
  );
}
