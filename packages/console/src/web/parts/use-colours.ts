import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../page';

/** What a canvas is painted with; it knows nothing of style sheets. */
export interface Colours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly bad: string;
  readonly surface: string;
}

const NAMES = ['text', 'muted', 'line', 'accent', 'bad', 'surface'] as const;

/** The colours of the theme as it is now. */
export function useColours(): Colours {
  const { theme } = usePage();
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const read = () => setColours(readColours());
    read();
    const query = matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, [theme]);
  return colours;
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(NAMES.map((name) => [name, read(name)])) as unknown as Colours;
}
