import { Box, Button, Field, Flex, Loader, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { FieldProps } from './field';
import type { Records } from './useRecords';

interface Props<T> extends FieldProps {
  readonly records: Records<T>;
  readonly children: (rows: readonly T[]) => ReactNode;
}

/** The frame round what belongs to a transaction: label, waiting, nothing, failure, more. */
export function RecordsField<T>({ name, label, hint, records, children }: Props<T>) {
  return (
    <Field.Root name={name} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <Box borderColor="neutral200" hasRadius style={{ overflowX: 'auto' }} data-larder={name}>
        <Content records={records}>{children}</Content>
      </Box>
      <Field.Hint />
    </Field.Root>
  );
}

function Content<T>({ records, children }: Pick<Props<T>, 'records' | 'children'>) {
  const { formatMessage } = useIntl();
  if (records.state === 'loading') {
    return (
      <Flex padding={4} justifyContent="center">
        <Loader small>{formatMessage({ id: 'larder.records.loading', defaultMessage: 'Loading' })}</Loader>
      </Flex>
    );
  }
  if (records.state === 'failed') {
    return <Note tone="danger600" id="larder.records.failed" otherwise="This could not be read. Reload the page." />;
  }
  if (records.rows.length === 0) return <Note tone="neutral600" id="larder.records.none" otherwise="Nothing so far" />;
  return (
    <>
      {children(records.rows)}
      {records.hasMore && (
        <Flex padding={2} justifyContent="center">
          <Button variant="tertiary" onClick={records.showMore}>
            {formatMessage({ id: 'larder.records.more', defaultMessage: 'Show more' })}
          </Button>
        </Flex>
      )}
    </>
  );
}

function Note({ tone, id, otherwise }: { tone: string; id: string; otherwise: string }) {
  const { formatMessage } = useIntl();
  return (
    <Box padding={4}>
      <Typography textColor={tone}>{formatMessage({ id, defaultMessage: otherwise })}</Typography>
    </Box>
  );
}
