/**
 * What `https://js.stripe.com` gives a page, as far as embedded Checkout goes. The form lives in an iframe of the fake,
 * so that a page's Content-Security-Policy must allow both script and frame, as with the real one.
 * https://docs.stripe.com/js/embedded_checkout
 */
export const stripeJs = `(() => {
  const base = new URL(document.currentScript.src).origin;
  window.Stripe = (publishableKey) => {
    if (!/^pk_/.test(String(publishableKey))) throw new Error('Stripe() needs a publishable key.');
    return { createEmbeddedCheckoutPage };
  };
  window.Stripe.version = 'fake';

  async function createEmbeddedCheckoutPage(options) {
    const { clientSecret, fetchClientSecret, onComplete } = options || {};
    const secret = clientSecret || (fetchClientSecret && (await fetchClientSecret()));
    if (!secret) throw new Error('createEmbeddedCheckoutPage() needs clientSecret or fetchClientSecret.');
    let frame;
    const hear = (event) => {
      if (event.origin !== base || !frame || event.source !== frame.contentWindow) return;
      if (event.data.height) frame.style.height = event.data.height + 'px';
      if (!event.data.complete) return;
      if (event.data.url) window.location.assign(event.data.url);
      else if (onComplete) onComplete();
    };
    const unmount = () => {
      window.removeEventListener('message', hear);
      if (frame) frame.remove();
      frame = undefined;
    };
    return {
      mount(where) {
        const element = typeof where === 'string' ? document.querySelector(where) : where;
        if (!element) throw new Error('There is no element to mount Checkout in: ' + where);
        if (frame) throw new Error('Checkout is mounted already.');
        frame = document.createElement('iframe');
        frame.name = 'embedded-checkout';
        frame.title = 'Secure payment input frame';
        frame.src = base + '/embedded/' + encodeURIComponent(secret);
        frame.style.cssText = 'border:0;width:100%;min-height:320px';
        window.addEventListener('message', hear);
        element.append(frame);
      },
      unmount,
      destroy: unmount,
    };
  }
})();
`;
