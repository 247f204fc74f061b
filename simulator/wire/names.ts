/** The commands Vendron Cloud understands. */
export const COMMANDS = ['check_machine_state', 'smart_fridge_request', 'smart_fridge_door_open'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Short names of the commands, as faults use them. */
export const STEPS = { check: COMMANDS[0], request: COMMANDS[1], door: COMMANDS[2] } as const;
export type Step = keyof typeof STEPS;

const STEP_OF: Record<CommandName, Step> = {
  check_machine_state: 'check',
  smart_fridge_request: 'request',
  smart_fridge_door_open: 'door',
};

/** The short name of a command. */
export function stepOf(command: CommandName): Step {
  return STEP_OF[command];
}

/** What a frame from the cloud is, whether it says yes or no. `other` is anything out of the order of things. */
export const FRAME_KINDS = [
  'check-ack',
  'request-ack',
  'door-ack',
  'check-result',
  'begun',
  'door-result',
  'taken',
  'closed',
  'completed',
  'other',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** Names for several kinds at once. */
export const FRAME_GROUPS: Record<string, readonly FrameKind[]> = {
  all: FRAME_KINDS,
  acks: ['check-ack', 'request-ack', 'door-ack'],
  results: ['check-result', 'begun', 'door-result'],
  pushes: ['taken', 'closed', 'completed'],
};

/** The kind of result a command is answered with. */
export const RESULT_KIND: Record<CommandName, FrameKind> = {
  check_machine_state: 'check-result',
  smart_fridge_request: 'begun',
  smart_fridge_door_open: 'door-result',
};
