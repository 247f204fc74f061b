import type { z } from 'zod';
import { cut } from './cut';
import { delay } from './delay';
import { duplicate } from './duplicate';
import { lateCompletion, neverClose, neverComplete, noResume } from './endings';
import { garbage } from './garbage';
import { handshake } from './handshake';
import { errorAfterBegun, errorAfterOpen } from './late-errors';
import { numbersAsStrings } from './numbers-as-strings';
import { blankId, openedWord } from './oddities';
import { refuse } from './refuse';
import { reorder } from './reorder';
import { silence } from './silence';
import { lyingTotal, priceUnlike, unknownProduct } from './untrue-baskets';
import { wrongRef } from './wrong-ref';

/** Every fault there is, in the order in which they are shown. */
export const FAULTS = [
  wrongRef,
  numbersAsStrings,
  duplicate,
  reorder,
  silence,
  delay,
  cut,
  noResume,
  handshake,
  garbage,
  refuse,
  errorAfterBegun,
  errorAfterOpen,
  lyingTotal,
  unknownProduct,
  priceUnlike,
  lateCompletion,
  neverClose,
  neverComplete,
  blankId,
  openedWord,
] as const;

/** A fault as its user writes it: its name, `machine`, `probability`, `times`, and parameters of its own. */
export type FaultSpec = z.input<(typeof FAULTS)[number]['schema']>;
