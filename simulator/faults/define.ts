import { z } from 'zod';
import type { Random } from '../random';
import type { Refusal } from '../wire/codes';
import type { Command } from '../wire/commands';
import type { CutMode, Outgoing } from '../wire/frames';

/** What every fault may carry: one machine only, how often it strikes, and how many times at most. */
export const common = {
  machine: z.string().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  times: z.number().int().positive().optional(),
};

/** What a fault can see of the cloud when it strikes. */
export interface Scene {
  random: Random;
  /** The ref of another live session, where there is one. */
  otherRef(): unknown;
  /** The ref of a session that has ended, where there is one. */
  finishedRef(): unknown;
}

/** What becomes of a completion: when it comes (Infinity: never) and whether the machine stays busy until then. */
export interface Completion {
  ms: number;
  busy: boolean;
}

/** The places where a fault can reach into the cloud. A fault fills in the ones it needs. */
export interface Hooks {
  /** Whether this frame is one the fault would strike; asked before the dice are thrown. */
  wants?(frame: Outgoing): boolean;
  /** What goes out in place of the frame. */
  frame?(frame: Outgoing, scene: Scene): Outgoing[];
  handshake?: 'hang' | '401';
  /** The command is lost on its way in and the line breaks. */
  loses?(command: Command): CutMode | undefined;
  refuses?(command: Command): Refusal | undefined;
  holdsDoor?: boolean;
  completion?(random: Random): Completion;
  deniesResume?: boolean;
}

/** A kind of fault: what it is called, what it is for, what it takes, and what it does once armed. */
export interface FaultDefinition<S extends z.ZodObject = z.ZodObject> {
  name: string;
  /** The failure cases it serves, such as "G9". */
  serves: string;
  says: { en: string; fr: string };
  schema: S;
  /** Throws a ZodError where the spec is wrong. */
  arm(spec: unknown): Hooks;
}

/** Declares a fault. `arm` receives the spec as its schema parsed it. */
export function defineFault<S extends z.ZodObject>(
  definition: Omit<FaultDefinition<S>, 'arm' | 'name'> & { arm(spec: z.output<S>): Hooks },
): FaultDefinition<S> {
  const { schema } = definition;
  const name = (schema.shape.name as z.ZodLiteral<string>).value;
  return { ...definition, name, arm: (spec) => definition.arm(schema.parse(spec)) };
}
