import { Button, Modal } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Refusal } from '../refusals/Refusal';

interface Props {
  /** Why the server did not do it. */
  readonly refusal: string | undefined;
  readonly isLoading: boolean;
  readonly onConfirm: () => void;
  /** What the button does, where "Confirm" does not say enough. */
  readonly confirm?: string;
  readonly isDangerous?: boolean;
}

/** The end of a dialog: what the server said, and the two ways out. */
export function DialogFooter({ refusal, isLoading, onConfirm, confirm, isDangerous = false }: Props) {
  const { formatMessage } = useIntl();
  return (
    <Modal.Footer wrap="wrap" gap={3}>
      {refusal && <Refusal message={refusal} />}
      <Modal.Close>
        <Button variant="tertiary">{formatMessage({ id: 'larder.review.cancel', defaultMessage: 'Cancel' })}</Button>
      </Modal.Close>
      <Button onClick={onConfirm} loading={isLoading} variant={isDangerous ? 'danger' : 'default'}>
        {confirm ?? formatMessage({ id: 'larder.review.confirm', defaultMessage: 'Confirm' })}
      </Button>
    </Modal.Footer>
  );
}
