import type { ComponentChildren, VNode } from 'preact';
import { usePage } from '../page';
import { type Loading, toShown } from '../use-document';

/** Shows a document, or says where it is. */
export function Loaded<T>({
  loading,
  show,
}: {
  readonly loading: Loading<T>;
  readonly show: (document: T) => ComponentChildren;
}): VNode {
  const page = usePage();
  const { shell } = page.text;
  const document = toShown(loading);
  if (document !== undefined) {
    return <div aria-busy={loading.kind === 'loading'}>{show(document)}</div>;
  }
  if (loading.kind === 'missing') return <p class="too-little">{shell.nothingFound}</p>;
  if (loading.kind === 'failed') {
    return (
      <div class="failure" role="alert">
        <p>
          {shell.failed} <span lang="en">{loading.sentence}</span>
        </p>
        <button type="button" onClick={page.refresh}>
          {shell.retry}
        </button>
      </div>
    );
  }
  return <p class="too-little loading">{shell.loading}</p>;
}
