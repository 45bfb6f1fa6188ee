import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Period } from '../documents/flows';
import type { Dictionary, Language } from './language/dictionary';
import type { Format } from './language/format';
import { formatRoute, type Route } from './route';
import type { Theme } from './theme';

/** What every part of the page needs to know. */
export interface Page {
  readonly text: Dictionary;
  readonly format: Format;
  readonly language: Language;
  readonly theme: Theme;
  readonly route: Route;
  readonly period: Period;
  /** Another number means that everything is asked for again. */
  readonly attempt: number;
  /** Goes somewhere; the rest of the route stays. */
  go(change: Partial<Route>): void;
  /** Says something to those who listen to the page. */
  announce(sentence: string): void;
  refresh(): void;
  setTheme(theme: Theme): void;
}

/** Carries the page to its parts. */
export const PageContext: ReturnType<typeof createContext<Page | undefined>> = createContext<
  Page | undefined
>(undefined);

/** The page that a part is in. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('This part is in no page.');
  return page;
}

/** A link to somewhere; the rest of the route stays. */
export function linkTo({ route }: Page, change: Partial<Route>): string {
  return formatRoute({ ...route, ...change });
}
