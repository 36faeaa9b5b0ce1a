import { useEffect, useState } from "preact/hooks";

let say: (sentence: string) => void = () => {};
const shownFor = 6000;

/** Shows a sentence for a while, and has it read out. */
export const announce = (sentence: string): void => say(sentence);

export function Announcements() {
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    say = (next) => {
      clearTimeout(timer);
      setSentence(next);
      timer = setTimeout(() => setSentence(""), shownFor);
    };
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="announcement" role="status" aria-live="polite">
      {sentence && <p>{sentence}</p>}
    </div>
  );
}
