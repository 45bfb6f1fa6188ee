import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../page';
import { PERIODS } from '../route';

/** Chooses how far back the page looks. */
export function PeriodChoice(): VNode {
  const page = usePage();
  const { period } = page.route;
  const [isOpen, setOpen] = useState(typeof period !== 'string');
  const text = page.text.period;
  const choose = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    const name = PERIODS.find((each) => each === value);
    setOpen(name === undefined);
    page.go({ period: name ?? toDays(page.period) });
  };
  return (
    <div class="choice">
      <label>
        <span class="unseen">{text.label}</span>
        <select value={typeof period === 'string' ? period : 'custom'} onChange={choose}>
          {PERIODS.map((name) => (
            <option key={name} value={name}>
              {text[name]}
            </option>
          ))}
          <option value="custom">{text.custom}</option>
        </select>
      </label>
      {isOpen && typeof period !== 'string' && (
        <>
          <DayField name="since" />
          <DayField name="until" />
        </>
      )}
    </div>
  );
}

function DayField({ name }: { readonly name: 'since' | 'until' }): VNode | null {
  const page = usePage();
  const { period } = page.route;
  if (typeof period === 'string') return null;
  const change = (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    if (value === '') return;
    const next = { ...period, [name]: value };
    const isTurned = next.since > next.until;
    page.go({ period: isTurned ? { since: value, until: value } : next });
  };
  return (
    <label>
      <span class="unseen">{page.text.period[name]}</span>
      <input type="date" value={period[name]} onChange={change} />
    </label>
  );
}

function toDays({ since, until }: { readonly since: number; readonly until: number }): {
  readonly since: string;
  readonly until: string;
} {
  return { since: toDay(since), until: toDay(until) };
}

function toDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
