import type { Assets } from './assets';

/** Why the login page is shown once more. */
export type LoginProblem = 'none' | 'wrong' | 'too_often';

const TEXTS = {
  en: {
    title: 'Turnspan console',
    heading: 'Where the journey breaks',
    label: 'Access token',
    hint: 'It was printed when the console was started.',
    enter: 'Enter',
    none: '',
    wrong: 'That is not the token.',
    too_often: 'Too many wrong tokens. Wait a minute and try again.',
  },
  es: {
    title: 'Consola de Turnspan',
    heading: 'Dónde se rompe el recorrido',
    label: 'Token de acceso',
    hint: 'Se mostró al iniciar la consola.',
    enter: 'Entrar',
    none: '',
    wrong: 'Ese no es el token.',
    too_often: 'Demasiados tokens erróneos. Espere un minuto e inténtelo de nuevo.',
  },
} as const;

type Language = keyof typeof TEXTS;

/** What the login page depends on. */
export interface LoginPage {
  readonly assets: Pick<Assets, 'loginScript' | 'loginStyle'>;
  /** The path that the page is mounted at, with a slash at its end. */
  readonly base: string;
  readonly problem: LoginProblem;
  readonly acceptLanguage: string | undefined;
}

/** The page that asks for the token, in the language of the browser; it works without a script too. */
export function writeLoginPage({ assets, base, problem, acceptLanguage }: LoginPage): string {
  const language: Language = /^\s*es\b/i.test(acceptLanguage ?? '') ? 'es' : 'en';
  const text = TEXTS[language];
  const alert = problem === 'none' ? '' : `<p class="problem" role="alert">${text[problem]}</p>`;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${toHtml(base)}assets/${assets.loginStyle}">
<script type="module" src="${toHtml(base)}assets/${assets.loginScript}"></script>
<main>
<h1><span>Turnspan</span> ${text.heading}</h1>
<form method="post" action="${toHtml(base)}login">
<label for="token">${text.label}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="hint">
<p id="hint">${text.hint}</p>
${alert}
<button>${text.enter}</button>
</form>
</main>
</html>
`;
}

/** The page itself; everything in it is made by its script. */
export function writeConsolePage(base: string, { script, style }: Assets): string {
  const assets = `${toHtml(base)}assets/`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Turnspan</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}${style}">
<script type="module" src="${assets}${script}"></script>
<div id="app" data-base="${toHtml(base)}"></div>
<noscript>Turnspan needs JavaScript.</noscript>
</html>
`;
}

function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
