/** A Vendron Cloud to run against: start one, play the customer, and make it misbehave. */
export { startSimulator } from './start';
export type { Simulator, MachinePatch } from './simulator';
export type { Fridge } from './fridge/fridge';
export type { MealSpec, MealView } from './fridge/meal';
export type { FridgeView } from './fridge/view';
export type { SimulatorOptions } from './options';
export type { Customer } from './cloud/customer';
export type { MachineSpec, MachineState, MachineView, Outcome } from './cloud/machine';
export type { AutoplaySpec } from './cloud/autoplay';
export type { ProductSpec } from './catalogue';
export { DEFAULT_PRODUCTS } from './catalogue';
export type { FaultSpec } from './faults/registry';
export { FaultError } from './faults/registry';
export { SimulatorError } from './errors';
export type { LogLine, ReceivedCommand, SentFrame } from './journal';
export type { CutMode, Line, WireFrame } from './wire/frames';
