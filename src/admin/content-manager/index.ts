import type { StrapiApp } from '@strapi/strapi/admin';
import type { ComponentType } from 'react';
import { ActorField } from '../fields/ActorField';
import { DataField } from '../fields/DataField';
import type { FieldProps } from '../fields/field';
import { History } from '../fields/History';
import { MessageField } from '../fields/MessageField';
import { MomentField } from '../fields/MomentField';
import { MoneyField } from '../fields/MoneyField';
import { ProductLines } from '../fields/ProductLines';
import { FridgeCard } from '../fridge/FridgeCard';
import { LotCard } from '../lot/LotCard';
import { DebtNotice, PaymentNotice } from '../money/DecisionNotice';
import { Payments } from '../money/Payments';
import { ReviewNotice } from '../review/ReviewNotice';
import { showFields } from './edit-layout';
import { showColumns } from './list-columns';
import { showFilters } from './list-filters';
import type { Show } from './shapes';

const components: Readonly<Record<Show, ComponentType<FieldProps>>> = {
  money: MoneyField,
  lines: ProductLines,
  payments: Payments,
  history: History,
  moment: MomentField,
  data: DataField,
  actor: ActorField,
  message: MessageField,
};

/** Hangs Larder's labels, columns and fields into the Content Manager, by the hooks Strapi 5.54 has for it. */
export function registerContentManager(app: StrapiApp): void {
  for (const [show, Component] of Object.entries(components)) {
    app.addFields({ type: `larder-${show}`, Component: Component as ComponentType });
  }
  app.addFields({ type: 'larder-review', Component: ReviewNotice as ComponentType });
  app.addFields({ type: 'larder-debt', Component: DebtNotice as ComponentType });
  app.addFields({ type: 'larder-payment', Component: PaymentNotice as ComponentType });
  app.addFields({ type: 'larder-fridge', Component: FridgeCard as ComponentType });
  app.addFields({ type: 'larder-lot', Component: LotCard as ComponentType });
  app.registerHook('Admin/CM/pages/EditView/mutate-edit-view-layout', showFields);
  app.registerHook('Admin/CM/pages/ListView/inject-column-in-table', showColumns);
  app.registerHook('Admin/CM/pages/ListView/inject-in-filters', showFilters);
}
