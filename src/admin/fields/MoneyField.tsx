import { Field, TextInput } from '@strapi/design-system';
import { useField, useForm } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { fromMajorText, toMajorText } from '../../shared/money';
import { formatMoney } from '../cells/money';
import type { FieldProps } from './field';

/** An amount that is stored in minor units: read as money, typed as people write it ("8.50" or "8,50"). */
export function MoneyField({ name, label, hint, required, disabled }: FieldProps) {
  const { formatMessage, locale } = useIntl();
  const { value, error, onChange } = useField<number | null>(name);
  const currency = useForm<string>('LarderMoney', ({ values }) => currencyIn(values));
  const [typed, setTyped] = useState<string>();
  const written = typeof value === 'number' ? toMajorText(value, currency) : '';

  const type = (text: string) => {
    setTyped(text);
    // What is no amount leaves the field empty, and a required field that is empty is not saved.
    onChange(name, text.trim() === '' ? null : fromMajorText(text.replace(',', '.'), currency));
  };
  const isWrong = typed !== undefined && typed.trim() !== '' && value === null;

  return (
    <Field.Root
      name={name}
      hint={hint}
      required={required}
      error={
        isWrong
          ? formatMessage({ id: 'larder.money.invalid', defaultMessage: 'Write an amount, for example 8.50' })
          : error
      }
    >
      <Field.Label>{label}</Field.Label>
      {disabled ? (
        <TextInput disabled value={formatMoney(value, currency, locale)} />
      ) : (
        <TextInput
          inputMode="decimal"
          value={typed ?? written}
          onChange={(event) => type(event.target.value)}
          onBlur={() => !isWrong && setTyped(undefined)}
          endAction={currency}
        />
      )}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

function currencyIn(values: { currency?: unknown }): string {
  return typeof values.currency === 'string' && /^[A-Z]{3}$/.test(values.currency) ? values.currency : 'EUR';
}
