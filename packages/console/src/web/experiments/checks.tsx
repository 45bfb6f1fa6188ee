import type { Gate, GuardrailReading } from '@turnspan/experiments';
import type { VNode } from 'preact';
import type { ExperimentJudgement } from '../../documents/experiments';
import type { GuardrailWord } from '../language/finding-words';
import { type Page, usePage } from '../page';

/** What has to be so before the result can be believed, and what no variant may make worse. */
export function Checks({ judgement }: { readonly judgement: ExperimentJudgement }): VNode {
  const page = usePage();
  const { text } = page;
  const { gates } = judgement.verdict;
  return (
    <div class="checks">
      <section>
        <h3>{text.experiment.gates}</h3>
        <ul>
          {gates.map((gate) => (
            <Check key={gate.gate} gate={gate} figure={sayFigure(gate.gate, judgement, page)} />
          ))}
        </ul>
      </section>
      <section>
        <h3>{text.experiment.guardrails}</h3>
        <ul>
          {(['errors', 'opt_outs'] as const).map((rate) => (
            <li key={rate}>
              {text.guardrails[rate]}
              <span class="figure">{sayReadings(rate, judgement.guardrails, page)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Check({ gate, figure }: { readonly gate: Gate; readonly figure: string }): VNode {
  const { text } = usePage();
  const state = toState(gate);
  return (
    <li class={`check ${state}`}>
      <span class="check-state">{text.gateStates[state]}</span>
      {text.gates[gate.gate]}
      {gate.complaint === undefined ? (
        figure !== '' && <span class="figure">{figure}</span>
      ) : (
        <span class="figure" lang="en">
          {gate.complaint}
        </span>
      )}
    </li>
  );
}

function toState({ gate, complaint }: Gate): 'ok' | 'wait' | 'wrong' {
  if (complaint === undefined) return 'ok';
  return gate === 'sample_ratio' || gate === 'multiple_exposure' ? 'wrong' : 'wait';
}

function sayFigure(
  gate: Gate['gate'],
  { sampleRatioPValue, multipleExposed }: ExperimentJudgement,
  { text, format }: Page,
): string {
  if (gate === 'sample_ratio') return `p = ${format.number(sampleRatioPValue)}`;
  if (gate !== 'multiple_exposure') return '';
  return text.experiment.several(format.count(multipleExposed));
}

function sayReadings(
  rate: GuardrailWord,
  readings: readonly GuardrailReading[],
  { format, text }: Page,
): string {
  const known = readings.flatMap(({ variant, rates }) => {
    const own = rates[rate];
    return own && own.users > 0 ? [`${variant} ${format.percent(own.reached / own.users)}`] : [];
  });
  return known.length > 0 ? known.join(', ') : text.notEnoughShort;
}
