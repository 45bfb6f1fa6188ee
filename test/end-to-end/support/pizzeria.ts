import {
  type Customer,
  type GraphApi,
  SAMPLE_LINE,
  startGraphApi,
} from '../../../packages/testing/src';

/** What the pizza bot and the fake of Meta agree on. */
export const ACCOUNT = {
  appSecret: 'a secret that Meta and the bot share',
  verifyToken: 'a word agreed with Meta',
  accessToken: 'test-access-token',
  phoneNumberId: SAMPLE_LINE.phoneNumberId,
} as const;

/** Starts a fake of Meta for the pizza bot; `customer` is behind every recipient. */
export function startMeta(customer?: Customer): Promise<GraphApi> {
  const { appSecret, phoneNumberId } = ACCOUNT;
  return startGraphApi({
    appSecret,
    phoneNumberIds: [phoneNumberId],
    ...(customer && { customer: () => customer }),
  });
}

/** What the Graph API got, in that order and as it came over the wire. */
export function transcriptOf({ sent, refused, reads }: GraphApi): Transcript {
  const bodiesOf = (requests: GraphApi['sent' | 'refused']) =>
    requests.map(({ body }) => JSON.stringify(body));
  return {
    sent: bodiesOf(sent),
    refused: bodiesOf(refused),
    reads: reads.map(({ messageId, typing }) => JSON.stringify({ messageId, typing })),
  };
}

/** Everything that a bot asked of the Graph API. */
export interface Transcript {
  readonly sent: readonly string[];
  readonly refused: readonly string[];
  readonly reads: readonly string[];
}

/** The transcript without the tags that Turnspan adds to messages, which are all that it adds. */
export function withoutTags({ sent, refused, reads }: Transcript): Transcript {
  const strip = (body: string) => {
    const { biz_opaque_callback_data: _, ...rest } = JSON.parse(body);
    return JSON.stringify(rest);
  };
  return { sent: sent.map(strip), refused: refused.map(strip), reads };
}
