import { Box, Flex, Loader, Modal, Button, Typography } from '@strapi/design-system';
import { useForm, useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Refusal } from '../refusals/Refusal';
import { refusalText } from '../refusals/refusal-text';
import { NoNotice } from '../review/NoNotice';
import { Buyers } from './Buyers';
import type { Lot, LotVerb } from './lot-api';
import { LotDialog } from './LotDialog';
import { Places } from './Places';
import { useLot } from './useLot';

const MAY = [{ action: 'plugin::meals.lot.decide', subject: null }];

/** What can be done about a lot; a recall is for good. */
const VERBS: Readonly<Record<Lot['state'], readonly LotVerb[]>> = {
  selling: ['stop', 'recall'],
  stopped: ['release', 'recall'],
  recalled: [],
};

const WORDS = {
  selling: 'This lot is for sale.',
  stopped: 'Nothing of this lot is for sale.',
  recalled: 'This lot is recalled.',
  stop: 'Stop its sale',
  release: 'Release it',
  recall: 'Recall this lot',
} as const;

/** Over the page of a lot: whether it is sold, where its meals stand, who bought some, and what can be decided. */
export function LotCard() {
  const id = useForm<string | undefined>('LarderLot', ({ values }) => (values as { documentId?: string }).documentId);
  const { allowedActions } = useRBAC(MAY);
  if (!id || !allowedActions.canDecide) return <NoNotice />;
  return (
    <Box background="neutral100" borderColor="neutral200" hasRadius padding={4} data-larder="lot">
      <Card id={id} />
    </Box>
  );
}

function Card({ id }: { id: string }) {
  const { formatMessage } = useIntl();
  const { lot, error, watch } = useLot(id);
  const [verb, setVerb] = useState<LotVerb>();
  const say = (name: keyof typeof WORDS) => formatMessage({ id: `larder.lot.${name}`, defaultMessage: WORDS[name] });
  if (error) return <Refusal message={refusalText(error, formatMessage)} />;
  if (!lot) return <Loader small>{formatMessage({ id: 'larder.records.loading', defaultMessage: 'Loading' })}</Loader>;
  const done = () => {
    setVerb(undefined);
    watch();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={4} justifyContent="space-between" wrap="wrap">
        <Typography textColor="neutral800" style={{ flex: '1 1 24rem' }}>
          <b>{say(lot.state)}</b> {lot.state !== 'selling' && lot.reason}
        </Typography>
        <Flex gap={2} wrap="wrap">
          {VERBS[lot.state].map((one) => (
            <Button
              key={one}
              variant={one === 'recall' ? 'danger-light' : one === 'release' ? 'default' : 'secondary'}
              onClick={() => setVerb(one)}
            >
              {say(one)}
            </Button>
          ))}
        </Flex>
      </Flex>
      <Modal.Root open={verb !== undefined} onOpenChange={(isOpen: boolean) => !isOpen && setVerb(undefined)}>
        {verb && <LotDialog lot={lot} verb={verb} title={say(verb)} onDone={done} />}
      </Modal.Root>
      <Places places={lot.machines} />
      {lot.state === 'recalled' && <Buyers buyers={lot.buyers} refundsBuyers={lot.refundsBuyers} />}
    </Flex>
  );
}
