import { Box, Flex } from '@strapi/design-system';
import { useForm, useRBAC } from '@strapi/strapi/admin';
import { NoNotice } from '../review/NoNotice';
import { DeviceKeys } from './DeviceKeys';
import { Sales } from './Sales';

const MAY = [
  { action: 'plugin::telemetry.device.manage', subject: null },
  { action: 'plugin::telemetry.sales.decide', subject: null },
];

/** A machine as the Content Manager's form holds it. */
export interface Fridge {
  readonly documentId?: string;
  readonly salesLocked?: boolean | null;
  readonly salesLockCause?: string | null;
  readonly salesLockedReason?: string | null;
}

/** Over the page of a machine: whether it sells, and the key of its device. */
export function FridgeCard() {
  const fridge = useForm<Fridge>('LarderFridge', ({ values }) => values);
  const { allowedActions } = useRBAC(MAY);
  const { documentId } = fridge;
  // A machine that is only being made has neither.
  if (!documentId || !(allowedActions.canManage || allowedActions.canDecide)) return <NoNotice />;
  return (
    <Box background="neutral100" borderColor="neutral200" hasRadius padding={4} data-larder="fridge">
      <Flex direction="column" alignItems="stretch" gap={4}>
        {allowedActions.canDecide && <Sales id={documentId} fridge={fridge} />}
        {allowedActions.canManage && <DeviceKeys id={documentId} />}
      </Flex>
    </Box>
  );
}
