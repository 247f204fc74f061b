/** Rooms of alerts that tell one fake Slack, on a database of their own for each test. */
import { startFakeSlack, type FakeSlack } from '../fakes/slack';
import { freshDatabase, openRoom, stopRooms, type Room, type RoomOptions } from './alerts-room';

export interface SlackStage {
  /** What Slack was told in this test. */
  readonly slack: FakeSlack;
  /** The database of this test. */
  readonly url: string;
  /** A room with Slack set up, and these settings of alerts over that. */
  withSlack(settings?: Record<string, unknown>, rest?: RoomOptions): Promise<Room>;
}

/** For the top of a file: a Slack and a database before each test, and nothing of them left after it. */
export function setUpSlack(): SlackStage {
  let slack: FakeSlack;
  let url: string;
  beforeEach(async () => {
    slack = await startFakeSlack();
    url = await freshDatabase();
  });
  afterEach(async () => {
    await stopRooms();
    await slack.close();
  });
  return {
    get slack() {
      return slack;
    },
    get url() {
      return url;
    },
    withSlack: (settings = {}, rest = {}) =>
      openRoom(url, {
        ...rest,
        settings: {
          slack: { token: 'xoxb-fake-token', channel: 'C1', apiUrl: slack.url },
          windowSeconds: 600,
          ...settings,
        },
      }),
  };
}
