import type { VNode } from 'preact';
import { linkTo, usePage } from '../page';
import type { View } from '../route';
import { Search } from '../search/search';
import { PeriodChoice } from './period-choice';
import { Actions, Settings } from './settings';

const VIEWS = ['journey', 'investigations', 'experiments'] as const;

/** Where one goes, searches and chooses. */
export function Header(): VNode {
  const page = usePage();
  const { view } = page.route;
  return (
    <header class="head">
      <a class="brand" href={linkTo(page, { view: { kind: 'journey' } })}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 6h6c5 0 4 12 9 12h3M3 6v0" />
          <circle cx="4" cy="6" r="2.4" />
          <circle cx="20" cy="18" r="2.4" />
        </svg>
        Turnspan
      </a>
      <nav aria-label={page.text.shell.views}>
        {VIEWS.map((kind) => (
          <a
            key={kind}
            href={linkTo(page, { view: { kind } satisfies View })}
            aria-current={view.kind === kind ? 'page' : undefined}
          >
            {page.text.shell[kind]}
          </a>
        ))}
      </nav>
      <Search />
      <PeriodChoice />
      <Settings />
      <Actions />
    </header>
  );
}
