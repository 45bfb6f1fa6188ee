import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlowsDocument } from '../../documents/flows';
import { usePage } from '../page';
import { toShown, useDocument } from '../use-document';
import { type FoundPlace, findPlaces } from './find-places';

const LIST = 'search-results';
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Finds flows and steps; `/` goes here. */
export function Search(): VNode {
  const page = usePage();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFound(typed);
  useSlash(() => field.current?.focus());
  const open = ({ flow, node }: FoundPlace) => {
    page.go({ view: { kind: 'journey', flow, node }, version: undefined });
    setTyped('');
  };
  const press = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const place = found[chosen];
    if (event.key === 'Escape') setTyped('');
    if (event.key === 'Enter' && place) open(place);
    if (move === undefined || found.length === 0) return;
    event.preventDefault();
    setChosen((chosen + move + found.length) % found.length);
  };
  return (
    <div class="search">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={page.text.search.label}
        aria-controls={LIST}
        aria-expanded={found.length > 0}
        aria-activedescendant={found.length > 0 ? `${LIST}-${chosen}` : undefined}
        placeholder={page.text.search.placeholder}
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          setChosen(0);
        }}
        onKeyDown={press}
        onBlur={() => setTyped('')}
      />
      <Results {...{ found, chosen, open }} />
    </div>
  );
}

function useFound(typed: string): readonly FoundPlace[] {
  const { period, attempt } = usePage();
  const isAsked = typed !== '';
  const flows = useDocument<FlowsDocument>(
    isAsked ? { name: 'flows', parameters: { ...period }, attempt } : undefined,
  );
  return findPlaces(toShown(flows)?.flows ?? [], typed);
}

function Results({
  found,
  chosen,
  open,
}: {
  readonly found: readonly FoundPlace[];
  readonly chosen: number;
  readonly open: (place: FoundPlace) => void;
}): VNode {
  const { text } = usePage();
  return (
    <div id={LIST} role="listbox" aria-label={text.search.label} hidden={found.length === 0}>
      {found.map((place, index) => (
        <div
          key={`${place.flow}/${place.node}`}
          id={`${LIST}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          // A click would come after the field has lost the focus, and with it the list.
          onPointerDown={(event) => {
            event.preventDefault();
            open(place);
          }}
        >
          <b>{place.node ?? place.flow}</b>
          <span>{place.node === undefined ? text.search.flow : place.flow}</span>
          {place.text !== undefined && <small>{place.text}</small>}
        </div>
      ))}
    </div>
  );
}

function useSlash(focus: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest('input, select, textarea');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
