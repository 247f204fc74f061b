import type { z } from 'zod';

/** What a zod issue says, in words that follow on the name of the field: "must be a number". */
export function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'is wrong';
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.message.endsWith('undefined') ? 'is missing' : mustBe(issue.expected);
    case 'too_small':
      return `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case 'unrecognized_keys':
      return 'is not known';
    default:
      return issue.message;
  }
}

/** The field an issue speaks of; empty where it is the whole. */
export function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  const within = issue?.path.join('.') ?? '';
  if (issue?.code !== 'unrecognized_keys') return within;
  return issue.keys.map((key) => (within ? `${within}.${key}` : key)).join(', ');
}

function mustBe(expected: string): string {
  const plain: Record<string, string> = {
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    int: 'a whole number',
    object: 'a JSON object',
  };
  return `must be ${plain[expected] ?? `a ${expected}`}`;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters long';
  return origin === 'array' ? ' long' : '';
}
