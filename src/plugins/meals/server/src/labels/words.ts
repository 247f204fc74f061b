import type { Language } from '../../../../../shared/pages/language';

/** Everything that a sheet of labels says. */
export interface LabelWords {
  readonly labels: string;
  readonly reserved: string;
  readonly useBy: string;
  readonly lot: string;
  readonly print: string;
  readonly barcodeOf: (barcode: string) => string;
  readonly qrOf: (barcode: string) => string;
}

export const WORDS: Readonly<Record<Language, LabelWords>> = {
  en: {
    labels: 'Labels',
    reserved: 'Reserved',
    useBy: 'Use by',
    lot: 'Lot',
    print: 'Print this page on A4 at 100 %. The labels are 92 by 50 mm, two beside each other.',
    barcodeOf: (barcode) => `Barcode ${barcode}`,
    qrOf: (barcode) => `QR code ${barcode}`,
  },
  fr: {
    labels: 'Étiquettes',
    reserved: 'Réservé',
    useBy: 'À consommer avant',
    lot: 'Lot',
    print: 'Imprimez cette page en A4 à 100 %. Les étiquettes mesurent 92 sur 50 mm, deux par ligne.',
    barcodeOf: (barcode) => `Code-barres ${barcode}`,
    qrOf: (barcode) => `Code QR ${barcode}`,
  },
};
