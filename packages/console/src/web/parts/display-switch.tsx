import type { VNode } from 'preact';
import { usePage } from '../page';

/** Switches between what is drawn and the same in a table. */
export function DisplaySwitch(): VNode {
  const page = usePage();
  return (
    <div class="switch">
      {(['map', 'table'] as const).map((display) => (
        <button
          key={display}
          type="button"
          aria-pressed={page.route.display === display}
          onClick={() => page.go({ display })}
        >
          {page.text.shell[display]}
        </button>
      ))}
    </div>
  );
}
