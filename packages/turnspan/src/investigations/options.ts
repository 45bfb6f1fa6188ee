import * as v from 'valibot';

/** Where investigations go besides the journal. */
export interface InvestigationsOptions {
  /** An `https://` or `http://` address that each new investigation is posted to, once. @default the journal has them, and nobody is told */
  readonly webhook?: string;
  /** What is posted: all of it as JSON, or a message for Slack. @default 'json' */
  readonly format?: 'json' | 'slack';
}

const ADDRESS = 'an address that begins with https:// or http://';

const isAddress = (value: string) => /^https?:\/\//.test(value) && URL.canParse(value);

/** What the option `investigations` takes, besides `false`. */
export const investigationsSchema: v.GenericSchema = v.strictObject({
  webhook: v.optional(v.pipe(v.string(ADDRESS), v.check(isAddress, ADDRESS))),
  format: v.optional(v.picklist(['json', 'slack'], "'json' or 'slack'")),
});
