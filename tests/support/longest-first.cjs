'use strict';
const Sequencer = require('@jest/test-sequencer').default;

/**
 * The files that take longest begin first. Jest knows how long a file takes only where it ran before; a clean checkout would
 * end with minutes in which one process works and the others wait.
 */
const LONGEST = [
  'faults/p1-crash.test',
  'faults/p1-crash-money.test',
  'integration/queue.test',
  'faults/p5-database-slow.test',
  'faults/slack-and-webhooks.test',
  'faults/g07-handshake.test',
  'faults/s4-webhooks.test',
  'smoke/panel.test',
  'faults/p8-clocks.test',
  'integration/panel-lists.test',
  'integration/access.test',
  'faults/g10-garbage.test',
];

const place = ({ path }) => {
  const at = LONGEST.findIndex((name) => path.includes(`/tests/${name}.`));
  return at < 0 ? LONGEST.length : at;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};
