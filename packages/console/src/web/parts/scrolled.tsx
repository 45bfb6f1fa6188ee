import type { ComponentChildren, VNode } from 'preact';

/** What may be wider than the screen; it scrolls by itself, with the keyboard as well. */
export function Scrolled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard.
    <section class="scrolled" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
