import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Leaves what takes long to draw out of the first picture, so that what matters is seen before it. */
export function Later({ children }: { readonly children: ComponentChildren }): VNode | null {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    // The first frame paints what is there; the second one comes when that can be seen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setTime(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return isTime ? <div>{children}</div> : null;
}
