import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Fridge } from './FridgeCard';
import { SalesDialog } from './SalesDialog';

/** Whether the fridge sells, why not, and the button that changes it. */
export function Sales({ id, fridge }: { id: string; fridge: Fridge }) {
  const { formatMessage } = useIntl();
  const [isOpen, setOpen] = useState(false);
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.fridge.${name}`, defaultMessage });
  const isLocked = fridge.salesLocked === true;
  const cause = fridge.salesLockCause ?? 'operator';
  // What a person wrote is as they wrote it; what Larder found is said in the language of the panel.
  const why =
    cause === 'operator' ? (fridge.salesLockedReason ?? '') : say(`why.${cause}`, fridge.salesLockedReason ?? '');
  const verb = isLocked ? 'unlock' : 'lock';

  return (
    <Flex gap={4} justifyContent="space-between" wrap="wrap">
      <Flex gap={3} flex="1 1 24rem">
        {isLocked && <Lock fill="danger600" width="1.6rem" height="1.6rem" style={{ flexShrink: 0 }} aria-hidden />}
        <Typography textColor="neutral800">
          <b>{isLocked ? say('locked', 'Nothing is sold here.') : say('sells', 'This fridge sells.')}</b>{' '}
          {isLocked && why}
        </Typography>
      </Flex>
      <Modal.Root open={isOpen} onOpenChange={setOpen}>
        <Modal.Trigger>
          <Button variant={isLocked ? 'default' : 'secondary'}>
            {isLocked ? say('unlock', 'Unlock sales') : say('lock', 'Lock sales')}
          </Button>
        </Modal.Trigger>
        <SalesDialog machine={id} verb={verb} onDone={() => setOpen(false)} />
      </Modal.Root>
    </Flex>
  );
}
