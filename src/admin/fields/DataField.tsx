import { Field, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { FieldProps } from './field';
import { Json } from './Json';

/** JSON that nobody may change: as tall as it is, where Strapi's editor is always tall. */
export function DataField({ name, label, hint }: FieldProps) {
  const { value } = useField<unknown>(name);
  return (
    <Field.Root name={name} hint={hint}>
      <Field.Label>{label}</Field.Label>
      {value === null || value === undefined ? (
        <Typography textColor="neutral600">–</Typography>
      ) : (
        <Json value={value} />
      )}
      <Field.Hint />
    </Field.Root>
  );
}
