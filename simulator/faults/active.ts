import type { Random } from '../random';
import type { Hooks } from './define';
import { definitionOf, type FaultSpec } from './registry';

/** A fault in force: its hooks, its own dice, and how many strikes it has left. */
export class ActiveFault {
  readonly hooks: Hooks;
  private readonly machine: string | undefined;
  private left: number;

  constructor(
    readonly spec: FaultSpec,
    readonly random: Random,
  ) {
    this.hooks = definitionOf(spec.name).arm(spec);
    this.machine = 'machine' in spec ? spec.machine : undefined;
    this.left = spec.times ?? Infinity;
  }

  /** Throws the dice for one occasion. An occasion at another machine neither counts nor uses up a number. */
  strikes(uid?: string): boolean {
    if (this.left === 0) return false;
    if (this.machine !== undefined && this.machine !== uid) return false;
    if (!this.random.chance(this.spec.probability ?? 1)) return false;
    this.left -= 1;
    return true;
  }
}
