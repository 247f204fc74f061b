export { createGateway, createGatewayOver } from './gateway';
export type { Gateway, GatewayMetrics, GatewayOptions, Log } from './options';
export type { Socket, SocketEnd, SocketEvents, SocketFactory } from './socket';
