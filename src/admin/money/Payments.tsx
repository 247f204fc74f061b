import { Box, Flex, Typography } from '@strapi/design-system';
import { useForm } from '@strapi/strapi/admin';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Choice } from '../cells/Choice';
import { Moment } from '../cells/Moment';
import { formatMoney } from '../cells/money';
import type { FieldProps } from '../fields/field';
import { RecordsField } from '../fields/RecordsField';
import { Table, Text, type Heading } from '../fields/table';
import { useRecords } from '../fields/useRecords';
import { RefundButton } from '../refund/RefundButton';
import { useArrival } from './useArrival';

interface Payment {
  readonly documentId: string;
  readonly createdAt: string;
  readonly state: string;
  readonly authorizedAmount: number;
  readonly capturedAmount: number;
  readonly refundedAmount: number;
  readonly currency: string;
  readonly cardBrand: string | null;
  readonly cardLast4: string | null;
}

interface Entry {
  readonly documentId: string;
  readonly amount: number;
  readonly currency: string;
}

interface Refund extends Entry {
  readonly createdAt: string;
  readonly state: string;
  readonly reason: string;
}

interface Debt extends Entry {
  readonly createdAt: string;
  readonly state: string;
  readonly cause: string;
}

interface LedgerEntry extends Entry {
  readonly postedAt: string;
  readonly account: string;
  readonly posting: string;
}

const time: Heading = { id: 'time', otherwise: 'Time' };
const state: Heading = { id: 'state', otherwise: 'State' };
const amount: Heading = { id: 'amount', otherwise: 'Amount', isNumber: true };

/** Everything about the money of a transaction: payment, refunds, debts and the entries of the ledger. */
export function Payments(field: FieldProps) {
  const { formatMessage, locale } = useIntl();
  const [round, setRound] = useState(0);
  const transaction = useForm<string>('LarderMoney', ({ values }) => (values as { documentId: string }).documentId);
  const payments = useRecords<Payment>('api::payment.payment', 'id:ASC');
  const refunds = useRecords<Refund>('api::refund.refund', 'id:ASC', 'relation', round);
  const debts = useRecords<Debt>('api::debt.debt', 'id:ASC');
  const ledger = useRecords<LedgerEntry>('api::ledger-entry.ledger-entry', 'id:ASC', 'transactionId');
  // One that was asked for a moment ago may have been made before the list of them was read again.
  const isUnderWay = refunds.state === 'ready' && refunds.rows.some((refund) => refund.state === 'requested');
  useArrival(isUnderWay || round > 0, {
    round,
    uid: 'api::transaction.transaction',
    id: transaction,
    of: 'api::refund.refund',
    state: 'requested',
    filters: { transaction: { documentId: { $eq: transaction } } },
  });
  const say = (id: string, defaultMessage: string) => formatMessage({ id: `larder.money.${id}`, defaultMessage });
  const money = (value: number, currency: string, label?: string) => (
    <Text isNumber label={label}>
      {formatMoney(value, currency, locale)}
    </Text>
  );
  const column = (id: string, defaultMessage: string) => formatMessage({ id: `larder.column.${id}`, defaultMessage });

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <RecordsField {...field} label={say('payments', 'Payments')} records={payments}>
        {(rows) => (
          <Table
            headings={[
              time,
              state,
              { id: 'held', otherwise: 'Held', isNumber: true },
              { id: 'charged', otherwise: 'Charged', isNumber: true },
              { id: 'refunded', otherwise: 'Refunded', isNumber: true },
              { id: 'card', otherwise: 'Card' },
            ]}
            stacks
          >
            {rows.map((row) => (
              <Row key={row.documentId} at={row.createdAt} state={row.state}>
                {money(row.authorizedAmount, row.currency, column('held', 'Held'))}
                {money(row.capturedAmount, row.currency, column('charged', 'Charged'))}
                {money(row.refundedAmount, row.currency, column('refunded', 'Refunded'))}
                <Text label={column('card', 'Card')}>
                  {row.cardLast4 ? `${row.cardBrand ?? ''} ···· ${row.cardLast4}` : '–'}
                </Text>
              </Row>
            ))}
          </Table>
        )}
      </RecordsField>
      <RefundButton onRefunded={() => setRound(round + 1)} />
      {hasRows(refunds) && (
        <RecordsField {...part(field, 'refunds')} label={say('refunds', 'Refunds')} records={refunds}>
          {(rows) => (
            <Table headings={[time, state, amount, { id: 'reason', otherwise: 'Reason' }]} stacks>
              {rows.map((row) => (
                <Row key={row.documentId} at={row.createdAt} state={row.state}>
                  {money(row.amount, row.currency)}
                  <Text>{row.reason}</Text>
                </Row>
              ))}
            </Table>
          )}
        </RecordsField>
      )}
      {hasRows(debts) && (
        <RecordsField {...part(field, 'debts')} label={say('debts', 'Debts')} records={debts}>
          {(rows) => (
            <Table headings={[time, state, amount, { id: 'cause', otherwise: 'Cause' }]} stacks>
              {rows.map((row) => (
                <Row key={row.documentId} at={row.createdAt} state={row.state}>
                  {money(row.amount, row.currency)}
                  <Text>{formatMessage({ id: row.cause, defaultMessage: row.cause })}</Text>
                </Row>
              ))}
            </Table>
          )}
        </RecordsField>
      )}
      {hasRows(ledger) && (
        <Box tag="details">
          <Typography tag="summary" variant="pi" fontWeight="bold" style={{ cursor: 'pointer' }}>
            {say('ledger', 'Ledger')}
          </Typography>
          <RecordsField {...part(field, 'ledger')} label="" records={ledger}>
            {(rows) => (
              <Table
                headings={[
                  time,
                  { id: 'account', otherwise: 'Account' },
                  amount,
                  { id: 'posting', otherwise: 'Posting' },
                ]}
                stacks
              >
                {rows.map((row) => (
                  <tr key={row.documentId}>
                    <td>
                      <Moment at={row.postedAt} withSeconds />
                    </td>
                    <Text>{formatMessage({ id: row.account, defaultMessage: row.account })}</Text>
                    {money(row.amount, row.currency)}
                    <Text>{row.posting}</Text>
                  </tr>
                ))}
              </Table>
            )}
          </RecordsField>
        </Box>
      )}
    </Flex>
  );
}

function Row({ at, state: value, children }: { at: string; state: string; children: ReactNode }) {
  return (
    <tr>
      <td>
        <Moment at={at} />
      </td>
      <td>
        <Choice value={value} />
      </td>
      {children}
    </tr>
  );
}

/** The tables that are mostly empty are shown where they are not. */
function hasRows(records: { state: string; rows?: readonly unknown[] }): boolean {
  return records.state === 'ready' && (records.rows?.length ?? 0) > 0;
}

function part({ name }: FieldProps, of: string): { name: string; label: string } {
  return { name: `${name}.${of}`, label: '' };
}
