import { createHmac } from 'node:crypto';

/** The header `Stripe-Signature`: https://docs.stripe.com/webhooks#verify-manually. `timestamp` in seconds. */
export function signatureOf(body: string, secret: string, timestamp: number): string {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
