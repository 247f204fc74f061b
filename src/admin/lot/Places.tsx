import { Box, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Table, Text } from '../fields/table';
import { EntryLink } from './EntryLink';
import type { Place } from './lot-api';

const HEADINGS = [
  { id: 'machine', otherwise: 'Machine' },
  { id: 'meals', otherwise: 'Meals', isNumber: true },
];

/** The machines in which meals of the lot stand. */
export function Places({ places }: { places: readonly Place[] }) {
  const { formatMessage } = useIntl();
  if (places.length === 0) {
    return (
      <Typography textColor="neutral600">
        {formatMessage({ id: 'larder.lot.nowhere', defaultMessage: 'None of its meals stands in a machine.' })}
      </Typography>
    );
  }
  return (
    <Box background="neutral0" borderColor="neutral200" hasRadius data-larder="lot.machines">
      <Table headings={HEADINGS}>
        {places.map(({ id, vendorId, label, meals }) => (
          <tr key={id}>
            <Text>
              <EntryLink uid="api::machine.machine" id={id}>
                {label} ({vendorId})
              </EntryLink>
            </Text>
            <Text isNumber>{meals}</Text>
          </tr>
        ))}
      </Table>
    </Box>
  );
}
