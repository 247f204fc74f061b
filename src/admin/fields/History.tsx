import { Choice } from '../cells/Choice';
import { Moment } from '../cells/Moment';
import { Said } from '../cells/Said';
import type { FieldProps } from './field';
import { RawData } from './RawData';
import { RecordsField } from './RecordsField';
import { Table, Text } from './table';
import { useRecords } from './useRecords';

interface Event {
  readonly documentId: string;
  readonly receivedAt: string;
  readonly kind: string;
  readonly name: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly data: unknown;
}

const HEADINGS = [
  { id: 'time', otherwise: 'Time' },
  { id: 'kind', otherwise: 'Kind' },
  { id: 'event', otherwise: 'Event' },
  { id: 'outcome', otherwise: 'Outcome' },
];

/** What was sent to the fridge for a transaction and what came back, oldest first. */
export function History(field: FieldProps) {
  const events = useRecords<Event>('api::event.event', 'receivedAt:ASC,id:ASC');
  return (
    <RecordsField {...field} records={events}>
      {(rows) => (
        <Table headings={HEADINGS} stacks>
          {rows.map(({ documentId, receivedAt, kind, name, outcome, message, data }) => (
            <tr key={documentId}>
              <td>
                <Moment at={receivedAt} withSeconds />
              </td>
              <td>
                <Choice value={kind} />
              </td>
              <Text>
                {name}
                <RawData data={data} />
              </Text>
              <Text>
                {outcome}
                {outcome && message && ': '}
                {message && <Said message={message} />}
              </Text>
            </tr>
          ))}
        </Table>
      )}
    </RecordsField>
  );
}
