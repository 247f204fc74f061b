import { Random, derivedSeed } from '../random';
import type { Refusal } from '../wire/codes';
import type { Command } from '../wire/commands';
import type { CutMode, Outgoing } from '../wire/frames';
import { ActiveFault } from './active';
import type { Completion, Scene } from './define';
import { parseFault, type FaultSpec } from './registry';

const ON_TIME: Completion = { ms: 0, busy: false };

/** The faults in force. Frames pass through them in the order in which they were given. */
export class FaultEngine {
  private active: ActiveFault[] = [];
  private armed = 0;

  constructor(private readonly seed: number) {}

  /** True where there is nothing to ask: the cloud then takes its shortest way. */
  get idle(): boolean {
    return this.active.length === 0;
  }

  /** Replaces all faults. Throws `FaultError`, and changes nothing, where one of them is wrong. */
  set(specs: readonly FaultSpec[]): void {
    const parsed = specs.map(parseFault);
    this.active = [];
    this.armed = 0;
    parsed.forEach((spec) => this.arm(spec));
  }

  /** Adds one fault. Throws `FaultError` where it is wrong. */
  add(spec: FaultSpec): void {
    this.arm(parseFault(spec));
  }

  list(): FaultSpec[] {
    return this.active.map((fault) => fault.spec);
  }

  handshake(): 'hang' | '401' | undefined {
    return this.active.find((fault) => fault.hooks.handshake && fault.strikes())?.hooks.handshake;
  }

  loses(command: Command): CutMode | undefined {
    return this.first(command.machineUid, (fault) => fault.hooks.loses?.(command));
  }

  refuses(command: Command): Refusal | undefined {
    return this.first(command.machineUid, (fault) => fault.hooks.refuses?.(command));
  }

  holdsDoor(uid: string): boolean {
    return this.active.some((fault) => fault.hooks.holdsDoor && fault.strikes(uid));
  }

  deniesResume(uid: string): boolean {
    return this.active.some((fault) => fault.hooks.deniesResume && fault.strikes(uid));
  }

  completion(uid: string): Completion {
    return this.first(uid, (fault) => fault.hooks.completion?.(fault.random)) ?? ON_TIME;
  }

  /** What goes out in place of one honest frame: none, one or several. */
  frames(frame: Outgoing, uid: string | undefined, scene: Omit<Scene, 'random'>): Outgoing[] {
    let frames = [frame];
    for (const fault of this.active) {
      const { wants, frame: change } = fault.hooks;
      if (!wants || !change) continue;
      frames = frames.flatMap((each) => {
        if (!wants(each) || !fault.strikes(uid)) return [each];
        return change(each, { ...scene, random: fault.random });
      });
    }
    return frames;
  }

  private first<T>(uid: string, ask: (fault: ActiveFault) => T | undefined): T | undefined {
    for (const fault of this.active) {
      const answer = ask(fault);
      if (answer !== undefined && fault.strikes(uid)) return answer;
    }
    return undefined;
  }

  private arm(spec: FaultSpec): void {
    this.armed += 1;
    const random = new Random(derivedSeed(this.seed, `${this.armed} ${spec.name}`));
    this.active = [...this.active, new ActiveFault(spec, random)];
  }
}
