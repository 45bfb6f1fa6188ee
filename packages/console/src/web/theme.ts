/** How the page looks. */
export const THEMES = ['system', 'light', 'dark'] as const;
/** One of {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

const KEY = 'turnspan-theme';

/** The theme that was chosen last in this browser. */
export function readTheme(): Theme {
  const kept = readKept();
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Makes the page look so, now and next time. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
