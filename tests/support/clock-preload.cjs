'use strict';
/** Loaded into a Larder by a test: its clock is wrong by LARDER_CLOCK_SHIFT_MS milliseconds, from the first line on. */
const SHIFT = Number(process.env.LARDER_CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + SHIFT);
    else super(...given);
  }

  static now() {
    return RealDate.now() + SHIFT;
  }
}

globalThis.Date = ShiftedDate;
