import { Field, Textarea } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Reason } from './useReason';

interface Props {
  readonly reason: Reason;
  /** Where it is read, or what is to be done first. */
  readonly hint: string;
  /** What is said where it is missing. */
  readonly missing?: string;
  /** In characters, as the server takes it. */
  readonly longest?: number;
}

/** Where a person writes why. */
export function ReasonField({ reason, hint, missing, longest = 500 }: Props) {
  const { formatMessage } = useIntl();
  const otherwise = formatMessage({ id: 'larder.reason.missing', defaultMessage: 'Say why.' });
  return (
    <Field.Root name="larder-reason" required error={reason.isMissing && (missing ?? otherwise)} hint={hint}>
      <Field.Label>{formatMessage({ id: 'larder.review.reason', defaultMessage: 'Reason' })}</Field.Label>
      <Textarea
        ref={reason.field}
        value={reason.text}
        maxLength={longest}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => reason.setText(event.target.value)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
