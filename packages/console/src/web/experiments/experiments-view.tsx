import type { VNode } from 'preact';
import type { ExperimentsDocument } from '../../documents/experiments';
import { usePage } from '../page';
import { Loaded } from '../parts/loaded';
import { useDocument } from '../use-document';
import { ExperimentCard } from './experiment-card';

/** All experiments and what to do about them. */
export function ExperimentsView(): VNode {
  const { text, attempt } = usePage();
  const loading = useDocument<ExperimentsDocument>({
    name: 'experiments',
    parameters: {},
    attempt,
  });
  return (
    <div class="reading">
      <h1>{text.experiment.title}</h1>
      <Loaded
        loading={loading}
        show={({ experiments }) =>
          experiments.length === 0 ? (
            <p class="too-little">{text.experiment.none}</p>
          ) : (
            <ol class="cards">
              {experiments.map((experiment) => (
                <ExperimentCard
                  key={`${experiment.name} ${experiment.salt}`}
                  experiment={experiment}
                />
              ))}
            </ol>
          )
        }
      />
    </div>
  );
}
