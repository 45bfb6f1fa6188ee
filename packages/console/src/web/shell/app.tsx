import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { ExperimentsView } from '../experiments/experiments-view';
import { InvestigationsView } from '../investigations/investigations-view';
import { JourneyView } from '../map/journey-view';
import { type Page, PageContext } from '../page';
import { Header } from './header';
import { useCreatedPage } from './use-created-page';

/** The whole page. */
export function App(): VNode {
  const { page, said } = useCreatedPage();
  useTitle(page);
  return (
    <PageContext.Provider value={page}>
      <button type="button" class="skip" onClick={skip}>
        {page.text.shell.skip}
      </button>
      <Header />
      <main id="content" tabIndex={-1}>
        <CurrentView page={page} />
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {said}
      </div>
    </PageContext.Provider>
  );
}

function CurrentView({ page }: { readonly page: Page }): VNode {
  const { view } = page.route;
  switch (view.kind) {
    case 'journey':
      return <JourneyView view={view} />;
    case 'investigations':
      return <InvestigationsView id={view.id} />;
    case 'experiments':
      return <ExperimentsView />;
  }
}

/** The address holds the route, so that no link can lead into the page. */
function skip(): void {
  document.getElementById('content')?.focus();
}

function useTitle({ text, route: { view }, language }: Page): void {
  const parts = view.kind === 'journey' ? [view.node, view.flow] : [];
  const title = [...parts, text.shell[view.kind], 'Turnspan'].filter((each) => each !== undefined);
  useEffect(() => {
    document.title = title.join(' · ');
    document.documentElement.lang = language;
  }, [title.join(), language]);
}
