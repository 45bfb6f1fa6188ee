import { render } from 'preact';
import { App } from './shell/app';
import { applyTheme, readTheme } from './theme';

applyTheme(readTheme());
const root = document.getElementById('app');
if (root) render(<App />, root);
