import { z } from 'zod';

/** A product as Vendron knows it. `unitPrice` is a decimal text in major units. */
export const productSchema = z.strictObject({
  vpn: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  unitPrice: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'must be a price such as "1.60"'),
});

export type ProductSpec = z.infer<typeof productSchema>;

/** What the shelves hold where nobody says otherwise. */
export const DEFAULT_PRODUCTS: readonly ProductSpec[] = [
  { vpn: '1001', name: 'Lentil and feta salad', unitPrice: '6.50' },
  { vpn: '1002', name: 'Chicken curry with rice', unitPrice: '7.90' },
  { vpn: '1003', name: 'Vegetable lasagne', unitPrice: '7.50' },
  { vpn: '1004', name: 'Salmon poke bowl', unitPrice: '9.60' },
  { vpn: '1005', name: 'Tomato and basil soup', unitPrice: '4.80' },
  { vpn: '1006', name: 'Chocolate mousse', unitPrice: '2.90' },
  { vpn: '1007', name: 'Plain yoghurt', unitPrice: '1.60' },
  { vpn: '1008', name: 'Pressed apple juice', unitPrice: '2.40' },
];
