import { useRef, useState } from 'react';

/** Why somebody decides as they do: no decision without it. */
export function useReason() {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const given = text.trim();
  return {
    field,
    text,
    setText,
    isMissing: isTried && given === '',
    /**
     * The reason; null where there is none: from now on the field says so, and the cursor stands in it.
     * @param isFirst false where something before it in the dialog is missing too.
     */
    ask(isFirst = true): string | null {
      setTried(true);
      if (given !== '') return given;
      if (isFirst) field.current?.focus();
      return null;
    },
  };
}

export type Reason = ReturnType<typeof useReason>;
