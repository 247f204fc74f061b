import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import type { FieldProps } from './field';
import { RecordsField } from './RecordsField';
import { Table, Text } from './table';
import { useRecords } from './useRecords';

interface Line {
  readonly documentId: string;
  readonly quantity: number;
  readonly name: string;
  readonly sku: string;
  readonly unitAmount: number;
  readonly amount: number;
  readonly currency: string;
}

const HEADINGS = [
  { id: 'quantity', otherwise: 'Quantity', isNumber: true },
  { id: 'product', otherwise: 'Product' },
  { id: 'unitAmount', otherwise: 'Unit price', isNumber: true },
  { id: 'amount', otherwise: 'Amount', isNumber: true },
];

/** The products of a transaction, as priced when the door opened. */
export function ProductLines(field: FieldProps) {
  const { locale } = useIntl();
  const lines = useRecords<Line>('api::transaction.line', 'id:ASC');
  return (
    <RecordsField {...field} records={lines}>
      {(rows) => (
        <Table headings={HEADINGS}>
          {rows.map(({ documentId, quantity, name, sku, unitAmount, amount, currency }) => (
            <tr key={documentId}>
              <Text isNumber>{quantity}</Text>
              <Text>
                {name} ({sku})
              </Text>
              <Text isNumber>{formatMoney(unitAmount, currency, locale)}</Text>
              <Text isNumber>{formatMoney(amount, currency, locale)}</Text>
            </tr>
          ))}
        </Table>
      )}
    </RecordsField>
  );
}
