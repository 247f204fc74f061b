import { Field, Textarea } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { translateMoneyMessage } from '../language/translate-money-message';
import type { FieldProps } from './field';

/** What was said about money, in the language of the panel where Larder said it. Nobody may change it. */
export function MessageField({ name, label, hint }: FieldProps) {
  const { locale } = useIntl();
  const { value } = useField<string | null>(name);
  return (
    <Field.Root name={name} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <Textarea disabled value={translateMoneyMessage(value ?? '', locale)} />
      <Field.Hint />
    </Field.Root>
  );
}
