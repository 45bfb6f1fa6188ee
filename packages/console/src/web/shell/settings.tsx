import type { VNode } from 'preact';
import { usePage } from '../page';
import { THEMES } from '../theme';

const LANGUAGES = { en: 'English', es: 'Español' } as const;

/** Chooses the language and the looks. */
export function Settings(): VNode {
  const page = usePage();
  const { text } = page;
  return (
    <div class="choice">
      <label>
        <span class="unseen">{text.shell.language}</span>
        <select
          value={page.language}
          onChange={({ currentTarget: { value } }) =>
            page.go({ language: value === 'es' ? 'es' : 'en' })
          }
        >
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="unseen">{text.shell.theme}</span>
        <select
          value={page.theme}
          onChange={({ currentTarget: { value } }) =>
            page.setTheme(THEMES.find((theme) => theme === value) ?? 'system')
          }
        >
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {text.themes[theme]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Asks for the newest numbers, and logs out. */
export function Actions(): VNode {
  const page = usePage();
  const { text } = page;
  const base = document.getElementById('app')?.dataset.base ?? '/';
  return (
    <div class="actions">
      <button type="button" class="quiet" onClick={page.refresh}>
        {text.shell.refresh}
      </button>
      <form method="post" action={`${base}logout`}>
        <button type="submit" class="quiet">
          {text.shell.logOut}
        </button>
      </form>
    </div>
  );
}
