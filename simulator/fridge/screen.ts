import type { Answer } from './line';

/** What the reader's screen shows. The page has the words for it; `message` is Larder's own. */
export type Screen =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'away' }
  | {
      readonly kind: 'refused';
      readonly code: string;
      /** More about the code, e.g. `token_expired`. */
      readonly reason: string | null;
      readonly message: string;
    }
  | {
      readonly kind: 'purchase';
      readonly id: string;
      readonly state: string;
      /** Minor units; null before the end. */
      readonly totalAmount: number | null;
      readonly capturedAmount: number | null;
      readonly currency: string | null;
      readonly paymentState: string | null;
      readonly message: string | null;
    };

/** What comes of `POST open`, and of each look at the purchase. */
export function screenOf(answer: Answer): Screen {
  if (answer.kind === 'away') return answer;
  const { status, body } = answer;
  if (status >= 400) return refusal(body);
  return {
    kind: 'purchase',
    id: textOf(body.id) ?? '',
    state: textOf(body.state) ?? '',
    totalAmount: numberOf(body.totalAmount),
    capturedAmount: numberOf(body.capturedAmount),
    currency: textOf(body.currency),
    paymentState: textOf(body.paymentState),
    message: textOf(body.message),
  };
}

const ENDS = ['completed', 'empty', 'review', 'refused', 'expired'];
/** Money that is held will be charged or given back in a moment. */
const PENDING = ['held'];

/** Whether the screen will say nothing new about this purchase. */
export function isFinal(screen: Screen): boolean {
  return screen.kind === 'purchase' && ENDS.includes(screen.state) && !PENDING.includes(screen.paymentState ?? '');
}

function refusal(body: Record<string, unknown>): Screen {
  const error = Object(body.error) as { message?: unknown; details?: unknown };
  const { code, reason } = Object(error.details) as { code?: unknown; reason?: unknown };
  return {
    kind: 'refused',
    code: textOf(code) ?? 'unknown',
    reason: textOf(reason),
    message: textOf(error.message) ?? '',
  };
}

const textOf = (given: unknown) => (typeof given === 'string' ? given : null);
const numberOf = (given: unknown) => (typeof given === 'number' ? given : null);
