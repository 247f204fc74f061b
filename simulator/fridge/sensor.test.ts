import { Sensor } from './sensor';

const MINUTE = 60_000;

test('it drifts to where it is told to go, and stays where it is put', () => {
  const sensor = new Sensor(0);
  sensor.set({ target: 20 }, 0);
  sensor.drift(5 * MINUTE);
  expect(sensor.temperature).toBeCloseTo(3.5 + 16.5 * (1 - 1 / Math.E), 1);
  sensor.drift(120 * MINUTE);
  expect(sensor.temperature).toBe(20);
  sensor.set({ temperature: 4 }, 120 * MINUTE);
  sensor.drift(500 * MINUTE);
  expect(sensor.temperature).toBe(4);
});

test('it says what it measures, nothing when it is silent, and 85 °C when it is broken', () => {
  const sensor = new Sensor(0);
  expect(sensor.read(0)).toEqual({ at: '1970-01-01T00:00:00.000Z', temperature: 3.5, humidity: 55 });
  sensor.set({ state: 'silent' }, 0);
  expect(sensor.read(0)).toBeUndefined();
  sensor.set({ state: 'broken', humidity: 70 }, 0);
  expect(sensor.read(0)).toMatchObject({ temperature: 85, humidity: 70 });
});
