import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Dictionary, Language } from '../language/dictionary';
import { ENGLISH } from '../language/english';
import { createFormat } from '../language/format';
import { SPANISH } from '../language/spanish';
import type { Page } from '../page';
import { formatRoute, parseRoute, type Route, toPeriod } from '../route';
import { applyTheme, readTheme } from '../theme';

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en: ENGLISH, es: SPANISH };

/** The page as its address says, and what is to be read out. */
export function useCreatedPage(): { readonly page: Page; readonly said: string } {
  const route = useRoute();
  const [theme, setTheme] = useState(readTheme);
  const [said, announce] = useState('');
  const [attempt, setAttempt] = useState(0);
  const language = route.language ?? guessLanguage();
  const text = DICTIONARIES[language];
  const format = useMemo(() => createFormat(language, text), [language]);
  // The end of a period that ends now stays where it is until somebody asks again.
  const period = useMemo(
    () => toPeriod(route.period, Date.now()),
    [JSON.stringify(route.period), attempt],
  );
  const page: Page = {
    text,
    format,
    language,
    theme,
    route,
    period,
    attempt,
    announce,
    go(change) {
      location.hash = formatRoute({ ...route, ...change });
    },
    refresh: () => setAttempt((before) => before + 1),
    setTheme(next) {
      applyTheme(next);
      setTheme(next);
    },
  };
  return { page, said };
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const read = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return route;
}

function guessLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}
