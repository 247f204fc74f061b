import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Moment } from '../cells/Moment';
import { Refusal } from '../refusals/Refusal';
import { refusalText } from '../refusals/refusal-text';
import { useDeviceQuery, useMakeDeviceKeyMutation, useRevokeDeviceKeysMutation } from './fridge-api';
import { NewKey } from './NewKey';

/** The key of the fridge's device: made, rotated, revoked. The key itself is shown once. */
export function DeviceKeys({ id }: { id: string }) {
  const { formatMessage } = useIntl();
  const { data } = useDeviceQuery(id);
  const [make, making] = useMakeDeviceKeyMutation();
  const [revoke, revoking] = useRevokeDeviceKeysMutation();
  const [key, setKey] = useState<string>();
  const [isSure, setSure] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const say = (name: string, defaultMessage: string) => formatMessage({ id: `larder.device.${name}`, defaultMessage });
  const live = data?.keys.find(({ worksUntil }) => worksUntil === null);

  const onMake = async () => {
    setRefusal(undefined);
    const answer = await make(id);
    if ('error' in answer) return setRefusal(refusalText(answer.error, formatMessage));
    setKey(answer.data.key);
  };
  const onRevoke = async () => {
    // One press too many would silence a fridge: the second one means it.
    if (!isSure) return setSure(true);
    setSure(false);
    setRefusal(undefined);
    const answer = await revoke(id);
    if ('error' in answer) setRefusal(refusalText(answer.error, formatMessage));
    else setKey(undefined);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={4} justifyContent="space-between" wrap="wrap">
        <Typography textColor="neutral800" style={{ flex: '1 1 24rem' }}>
          {data && !live && say('none', 'Its device has no key yet.')}
          {live && (
            <>
              {say('key', 'Key of the device')} ····{live.hint} · {say('used', 'last used')}{' '}
              {live.lastUsedAt === null ? say('never', 'never') : <Moment at={live.lastUsedAt} />}
              {data?.version && ` · ${say('version', 'version')} ${data.version}`}
            </>
          )}
        </Typography>
        <Flex gap={2} wrap="wrap">
          <Button variant="secondary" onClick={() => void onMake()} loading={making.isLoading}>
            {live ? say('rotate', 'New key') : say('make', 'Make a key')}
          </Button>
          {live && (
            <Button variant="danger-light" onClick={() => void onRevoke()} loading={revoking.isLoading}>
              {isSure ? say('sure', 'Really revoke it') : say('revoke', 'Revoke')}
            </Button>
          )}
        </Flex>
      </Flex>
      {key !== undefined && <NewKey value={key} />}
      {refusal && <Refusal message={refusal} />}
    </Flex>
  );
}
