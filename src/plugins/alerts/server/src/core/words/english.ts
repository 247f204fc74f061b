import type { Words } from '.';

const quiet = 'It has not happened again for a while.';
const opensAgain = 'The fridge has opened its door for a customer again.';

export const english: Words = {
  causes: {
    request_error: {
      title: 'A fridge could not be opened',
      meaning:
        'Vendron did not carry out a request for the door. The door stayed shut; please see whether the fridge is well.',
      over: opensAgain,
    },
    invalid_token: {
      title: 'Vendron does not accept our token',
      meaning: 'No fridge can be opened until VENDRON_API_TOKEN is right. Please check it with Vendron.',
      over: opensAgain,
    },
    unknown_machine: {
      title: 'Vendron does not know a fridge',
      meaning: 'The machine id in the panel is not one that Vendron knows. Please compare the two.',
      over: opensAgain,
    },
    subscription_expired: {
      title: 'A Vendron subscription has expired',
      meaning: 'The fridge stays shut until its subscription at Vendron is renewed.',
      over: opensAgain,
    },
    purchase_expired: {
      title: 'A purchase expired',
      meaning: 'The fridge did not answer in time. The door was not opened and nothing is charged.',
      over: quiet,
    },
    purchase_review: {
      title: 'A purchase needs your decision',
      meaning: 'How it ended is not certain, so nothing was charged on its own. Please look at its history and decide.',
      over: 'Every purchase of this incident has been decided. Thank you.',
    },
    door_open: {
      title: 'A door has been open for long',
      meaning: 'The fridge is losing its cold. Please ask somebody nearby to look.',
      over: quiet,
    },
    catalogue_mismatch: {
      title: 'A product is not as in the catalogue',
      meaning: 'The fridge named a product that is unknown, or priced unlike ours. Please compare the catalogues.',
      over: quiet,
    },
    total_mismatch: {
      title: 'A total does not add up',
      meaning:
        "The fridge's total differs from the products at our prices. Ours counts; theirs is kept with the purchase.",
      over: quiet,
    },
    basket_mismatch: {
      title: 'A basket changed at the end',
      meaning: 'The final list contradicts what was last in the basket. Please look at the history of the purchase.',
      over: quiet,
    },
    late_completion: {
      title: 'A completion came too late',
      meaning: 'The fridge reported the end of a purchase that was already over. It is recorded and changed nothing.',
      over: quiet,
    },
    gateway_down: {
      title: 'Vendron cannot be reached',
      meaning: 'No fridge can be opened at the moment. Larder keeps trying to connect.',
      over: 'The connection to Vendron is back.',
    },
    webhook_failed: {
      title: 'A webhook could not be delivered',
      meaning: 'The target did not accept it for a day. It is kept: `npm run webhooks:replay` sends it again.',
      over: quiet,
    },
    stripe_down: {
      title: 'Stripe cannot be reached',
      meaning: 'Doors stay shut for new customers. What was bought is charged as soon as Stripe answers again.',
      over: 'Stripe answers again.',
    },
    payment_review: {
      title: 'A payment needs your decision',
      meaning:
        'What Stripe says does not fit the purchase. Please open the payment: charge again, keep as debt or let go.',
      over: 'Every payment of this fridge has been decided. Thank you.',
    },
    hold_expiring: {
      title: 'A hold is about to lapse',
      meaning:
        'The bank keeps the money for a short while only, and the purchase is not decided yet. Please decide it now.',
      over: quiet,
    },
    debt_recorded: {
      title: 'A customer owes money',
      meaning:
        'The card did not cover what was taken. No door opens for this customer until the debt is settled or forgiven.',
      over: quiet,
    },
    subscription_unpaid: {
      title: 'A subscription was not paid',
      meaning:
        'The card could not be charged for a new period. Nothing is collected against it until it is paid; it is tried again each day for three days.',
      over: quiet,
    },
    dispute_opened: {
      title: 'A customer disputes a charge',
      meaning: 'The bank has taken the money back for now. Please answer at Stripe before its deadline.',
      over: quiet,
    },
    refund_failed: {
      title: 'A refund did not go through',
      meaning: 'The money is still with us. Please try again or find another way to give it back.',
      over: quiet,
    },
    stripe_event_failed: {
      title: 'A message from Stripe could not be used',
      meaning: 'It is kept. `npm run stripe:replay` takes it up again once the cause is gone.',
      over: quiet,
    },
    temperature_out_of_range: {
      title: 'A fridge was not cold enough',
      meaning:
        'It sells nothing until somebody has looked at it: check the fridge and its meals, then unlock it with a reason.',
      over: 'Somebody has looked at the fridge and unlocked it. Thank you.',
    },
    readings_missing: {
      title: 'A fridge sends no readings',
      meaning:
        'Nobody knows how cold it is, so it sells nothing. It opens by itself once readings prove that it stayed cold.',
      over: 'The fridge sells again: its readings are back, or somebody has unlocked it.',
    },
    ledger_mismatch: {
      title: 'The books do not agree',
      meaning: 'The ledger, the purchases and Stripe differ. The message names the purchase; please compare the three.',
      over: quiet,
    },
    lot_recalled: {
      title: 'A lot is recalled',
      meaning:
        'Its meals are no longer sold. Please take them out of the machines that are named, and tell who bought some.',
      over: quiet,
    },
    stock_mismatch: {
      title: 'Stock and books do not agree',
      meaning: 'What was taken or counted is not what the books say. Please count what stands in the machine.',
      over: quiet,
    },
    meal_gone: {
      title: 'A meal is gone without a purchase',
      meaning: 'It was taken while nobody had opened the door. Nobody is charged. Please look at the door, and count.',
      over: quiet,
    },
    theft: {
      title: 'A reserved meal went to somebody else',
      meaning: 'The message says who took it, whose it was, and whether another one was kept for its owner.',
      over: quiet,
    },
  },
  machine: 'Machine',
  noMachine: 'all machines',
  customer: 'Customer',
  cause: 'Cause',
  count: 'Count',
  transaction: 'Transaction',
  incident: 'Incident',
  otherSide: 'The other side said',
  times: (all, since, isFollowUp) => (isFollowUp ? `${all} (${since} since the last message)` : `${all}`),
  resolved: (title) => `Resolved: ${title}`,
};
