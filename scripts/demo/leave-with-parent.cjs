/** Loaded into Larder before anything else: a demo that was killed takes its Larder along. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
