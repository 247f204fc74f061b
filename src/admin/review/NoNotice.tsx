import { createGlobalStyle } from 'styled-components';

/**
 * Without a notice its row would leave a gap over the fields, so the row goes: Strapi wraps a field twice. Should it wrap
 * otherwise one day, nothing but the gap is back, for whatever holds more than the notice is left alone.
 */
const NoRow = createGlobalStyle`
  :has(> :only-child > [data-larder-no-notice]:only-child) {
    display: none;
  }
`;

/** In place of a notice that has nothing to say. */
export function NoNotice() {
  return (
    <span data-larder-no-notice>
      <NoRow />
    </span>
  );
}
