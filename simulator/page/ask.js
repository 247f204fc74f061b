import { $ } from './view.js';

/** Asks the simulator; shows its message where it says no. Resolves to the answer, or undefined. */
export async function ask(method, path, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    $('trouble').hidden = response.ok;
    if (response.ok) return answer;
    $('trouble').textContent = answer.error.message;
  } catch {
    // No answer at all: the stream notices too, and its banner says so.
  }
  return undefined;
}
