/**
 * Loaded into a Larder before anything else, by whoever starts it as a child with an IPC channel: when that parent is gone,
 * killed perhaps, it stops in order, as after SIGTERM, rather than hold its port and its fridges with nobody to stop it.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
