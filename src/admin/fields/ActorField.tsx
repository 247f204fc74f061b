import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useActor } from '../actors/useActor';
import type { FieldProps } from './field';

/** Who did something, by name. Nobody may change it. */
export function ActorField({ name, label, hint }: FieldProps) {
  const { value } = useField<string | null>(name);
  const actor = useActor(value);
  return (
    <Field.Root name={name} hint={hint}>
      <Field.Label>{label}</Field.Label>
      <TextInput disabled value={actor} />
      <Field.Hint />
    </Field.Root>
  );
}
