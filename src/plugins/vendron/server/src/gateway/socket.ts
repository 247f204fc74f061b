/** The little that the gateway needs of a WebSocket, so that everything above it can be tested without a network. */
export interface Socket {
  /** Writes a text frame. False where the socket is not open: nothing was written. */
  send(text: string): boolean;
  ping(): void;
  /** Ends politely: the other side is told and answers. */
  close(): void;
  /** Ends at once. */
  terminate(): void;
}

export interface SocketEvents {
  opened(): void;
  message(data: Buffer, binary: boolean): void;
  /** A ping or pong: the other side lives. */
  alive(): void;
  /** Exactly once, and nothing after it, also where the socket never opened. */
  closed(end: SocketEnd): void;
}

export interface SocketEnd {
  readonly reason: string;
  /** The cloud refused us (401, 403) or is not who it should be (its certificate): trying again soon will not help. */
  readonly permanent: boolean;
}

/** Begins to connect. Reports through the events, never before it has returned. */
export type SocketFactory = (events: SocketEvents) => Socket;
