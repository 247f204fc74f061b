import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { formatMoney } from '../cells/money';
import { useProductSearch } from './catalogue';
import type { Product } from './decision';

interface Props {
  readonly currency: string;
  readonly error: string | false;
  readonly onAdd: (product: Product) => void;
}

/** Looks for a product of the catalogue by its name or sku; choosing one adds it. */
export function AddProduct({ currency, error, onAdd }: Props) {
  const { formatMessage, locale } = useIntl();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { isLoading, products } = useProductSearch(isOpen ? text.trim() : undefined, currency);
  const say = (id: string, defaultMessage: string) => formatMessage({ id: `larder.review.${id}`, defaultMessage });

  const choose = (sku: string | undefined) => {
    const product = products.find((one) => one.sku === sku);
    if (product) onAdd(product);
  };
  const toggle = (opens: boolean) => {
    setOpen(opens);
    // Empty again for the next product: a text that names one would choose it once more when the field is left.
    if (!opens) setText('');
  };
  return (
    <Field.Root name="larder-product" error={error}>
      <Field.Label>{say('add', 'Add a product')}</Field.Label>
      <Combobox
        value=""
        onChange={choose}
        autocomplete={{ type: 'list', filter: 'contains' }}
        open={isOpen}
        onOpenChange={toggle}
        textValue={text}
        onTextValueChange={(typed) => setText(typed ?? '')}
        placeholder={say('add.placeholder', 'Name or SKU')}
        loading={isLoading}
        loadingMessage={formatMessage({ id: 'larder.records.loading', defaultMessage: 'Loading' })}
        noOptionsMessage={() => say('add.none', 'No such product')}
      >
        {products.map(({ sku, name, unitAmount }) => (
          <ComboboxOption key={sku} value={sku} textValue={`${name} ${sku}`}>
            {`${name} · ${sku} · ${formatMoney(unitAmount, currency, locale)}`}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Error />
    </Field.Root>
  );
}
