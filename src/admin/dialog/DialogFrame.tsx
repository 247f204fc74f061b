import { Modal } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

/** A dialog in which something is typed. Its children are made anew with each opening. */
export function DialogFrame({ children }: { children: ReactNode }) {
  return (
    // A tap beside it would throw away what was typed.
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} aria-describedby={undefined}>
      {children}
    </Modal.Content>
  );
}

/** What the dialog is about, and the cross that closes it. */
export function DialogTitle({ children }: { children: ReactNode }) {
  const { formatMessage } = useIntl();
  return (
    <Modal.Header closeLabel={formatMessage({ id: 'larder.review.close', defaultMessage: 'Close' })}>
      <Modal.Title>{children}</Modal.Title>
    </Modal.Header>
  );
}
