export * from './frame';
export * from './fridge-driver';
export * from './notifier';
export * from './payment-provider';
