import type { Clock, OnError, Store } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { openDataFolder } from './data-folder';
import { defined } from './defined';
import { dataFolder, hashKey } from './environment';
import { openJournal } from './journal';
import { openStore } from './open-store';
import type { TurnspanOptions } from './options';
import { type SharedKnowledge, shareKnowledge } from './shared-knowledge';

/** What survives a restart, and how to let go of it. */
export interface Memory {
  readonly journal: Journal | undefined;
  readonly store: Store | undefined;
  readonly knowledge: SharedKnowledge | undefined;
  readonly key: string | Uint8Array | undefined;
  /** Looks whether the files are still those that were opened, and reports it if they are not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Opens what the options name, else the environment, else the data folder; what cannot be had is reported. */
export function openMemory(
  options: TurnspanOptions,
  setup: { readonly clock: Clock; readonly onError: OnError },
): Memory {
  const { env } = process;
  const folder = openDataFolder(options.data ?? dataFolder(env), setup);
  const { store = env.TURNSPAN_STORE || folder?.store, privacy } = options;
  const { retentionDays, rollupRetentionDays, ...at } = options.journal || {};
  const journalAt = at.file ?? at.url ?? (env.TURNSPAN_JOURNAL || folder?.journal);
  const opened = openStore(store, setup);
  const { journal, check, close } = openJournal(options.journal === false ? undefined : journalAt, {
    ...setup,
    ...defined({ retentionDays, rollupRetentionDays }),
  });
  let closing: Promise<void> | undefined;
  return {
    journal,
    store: opened.store,
    knowledge: shareKnowledge(opened.store?.shared, journal, setup.onError),
    key: privacy?.key ?? hashKey(env) ?? folder?.key,
    check: async () => void (await Promise.all([check(), opened.check()])),
    close: () => {
      closing ??= close().finally(opened.close);
      return closing;
    },
  };
}
