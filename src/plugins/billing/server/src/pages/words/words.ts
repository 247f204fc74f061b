/** Everything that the pages say. */
export interface Words {
  readonly pay: string;
  readonly saveCard: string;
  readonly formTrouble: string;
  readonly formNeedsScript: string;

  readonly thanks: string;
  readonly paid: (amount: string) => string;
  readonly cardSaved: string;
  readonly cardSavedFor: string;
  readonly toReceipt: string;
  readonly waiting: string;
  readonly waitingMore: string;
  readonly declined: string;
  readonly declinedMore: string;
  readonly tryAgain: string;
  readonly unfinished: string;
  readonly unfinishedMore: string;
  readonly goOn: string;
  readonly failed: string;
  readonly failedMore: string;
  readonly expired: string;
  readonly expiredMore: string;

  readonly receipt: string;
  readonly receiptOf: string;
  readonly machine: string;
  readonly time: string;
  readonly product: string;
  readonly quantity: string;
  readonly each: string;
  readonly amount: string;
  readonly nothingTaken: string;
  readonly total: string;
  readonly captured: string;
  readonly refunded: string;
  readonly owed: string;
  readonly paidLater: string;
  readonly forgiven: string;
  readonly paidWith: string;
  readonly number: string;
  readonly print: string;
  readonly debt: string;

  readonly notFound: string;
  readonly notFoundMore: string;
  readonly unavailable: string;
  readonly unavailableMore: string;
  readonly otherLanguage: string;
}
