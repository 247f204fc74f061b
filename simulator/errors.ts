/** Something asked of the simulator that it cannot do now. The message is fit to show. */
export class SimulatorError extends Error {
  constructor(
    readonly kind:
      | 'unknown-machine'
      | 'unknown-product'
      | 'door-not-open'
      | 'not-in-basket'
      | 'no-line'
      | 'timeout'
      | 'not-on-shelf'
      | 'no-shelf'
      | 'no-device'
      | 'wrong-device'
      | 'larder-refused',
    message: string,
    /** The parameter at fault, where it is one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'SimulatorError';
  }
}
