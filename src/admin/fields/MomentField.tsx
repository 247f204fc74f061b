import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { FieldProps } from './field';

/** A point in time that nobody may change, to the second and on one line. */
export function MomentField({ name, label, hint }: FieldProps) {
  const { formatDate } = useIntl();
  const { value } = useField<string | null>(name);
  return (
    <Field.Root name={name} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <TextInput disabled value={value ? formatDate(value, { dateStyle: 'medium', timeStyle: 'medium' }) : ''} />
      <Field.Hint />
    </Field.Root>
  );
}
