import type { NodeKind } from '@turnspan/core';

/** A step of a made-up bot, and what people do there. */
export interface Step {
  readonly node: string;
  readonly kind: NodeKind;
  readonly text?: string;
  readonly child?: string;
  /** Where people go from here, with the part of those who go on. */
  readonly next: readonly (readonly [to: string, share: number])[];
  readonly drop: number;
  readonly confusion?: number;
  /** Which part goes in a circle here. */
  readonly loop?: number;
  /** Half of those who reply have done so by then. */
  readonly replySeconds?: number;
}

/** A made-up flow. */
export interface MadeUpFlow {
  readonly flow: string;
  readonly journeysPerDay: number;
  readonly steps: readonly Step[];
  readonly circle?: readonly string[];
}

const question = (node: string, step: Omit<Step, 'node' | 'kind'>): Step => ({
  node,
  kind: 'question',
  confusion: 0.03,
  replySeconds: 25,
  ...step,
});
const message = (node: string, step: Partial<Step> = {}): Step => ({
  node,
  kind: 'message',
  next: [],
  drop: 0,
  ...step,
});

/** A pizzeria that asks for a door code in a way that nobody understands. */
export const FLOWS: readonly MadeUpFlow[] = [
  {
    flow: 'order',
    journeysPerDay: 130,
    circle: ['door_code', 'street'],
    steps: [
      message('hello', { text: 'Hi! Let us get you a pizza.', next: [['size', 1]] }),
      question('size', {
        text: 'Which size: small, medium or large?',
        next: [['topping', 1]],
        drop: 0.06,
        confusion: 0.05,
      }),
      question('topping', {
        text: 'What should be on it? Send as many toppings as you like.',
        next: [
          ['extras', 0.55],
          ['delivery', 0.45],
        ],
        drop: 0.07,
        replySeconds: 48,
      }),
      question('extras', {
        text: 'Garlic bread or a drink with it?',
        next: [['delivery', 1]],
        drop: 0.08,
      }),
      question('delivery', {
        text: 'Delivery or pick-up?',
        next: [
          ['street', 0.64],
          ['pick_up', 0.36],
        ],
        drop: 0.05,
      }),
      question('street', {
        text: 'Which street and number?',
        next: [['door_code', 1]],
        drop: 0.07,
        replySeconds: 38,
      }),
      question('door_code', {
        text: 'Please give zone, door code and delivery slot (ZZ-CCCC-S).',
        next: [
          ['payment', 0.82],
          ['street', 0.18],
        ],
        drop: 0.66,
        confusion: 0.47,
        loop: 0.14,
        replySeconds: 210,
      }),
      question('pick_up', {
        text: 'At what time will you come by?',
        next: [['payment', 1]],
        drop: 0.09,
      }),
      { node: 'payment', kind: 'action', next: [['confirm', 1]], drop: 0 },
      question('confirm', {
        text: 'One pizza, in 40 minutes. Shall I place the order?',
        next: [
          ['placed', 0.93],
          ['size', 0.07],
        ],
        drop: 0.1,
        confusion: 0.06,
        replySeconds: 18,
      }),
      message('placed', { text: 'Thank you! Your pizza is in the oven.' }),
    ],
  },
  {
    flow: 'coupon',
    journeysPerDay: 24,
    steps: [
      question('code', {
        text: 'What is your coupon code? <b>Not the one on the box</b> <img src=x onerror="alert(1)">',
        next: [['valid', 1]],
        drop: 0.21,
        confusion: 0.16,
      }),
      message('valid', { text: 'Ten percent off your next order!' }),
    ],
  },
  {
    flow: 'feedback',
    journeysPerDay: 41,
    steps: [
      question('stars', {
        text: 'How was your pizza? Give it 1 to 5 stars.',
        next: [
          ['comment', 0.3],
          ['thanks', 0.7],
        ],
        drop: 0.24,
      }),
      question('comment', {
        text: 'What could we do better?',
        next: [['thanks', 1]],
        drop: 0.26,
        replySeconds: 70,
      }),
      message('thanks', { text: 'Thank you, that helps.' }),
    ],
  },
  {
    flow: 'support',
    journeysPerDay: 9,
    steps: [
      question('topic', {
        text: 'What is it about? I will get a colleague.',
        next: [['hand_off', 1]],
        drop: 0.13,
        replySeconds: 55,
      }),
      { node: 'hand_off', kind: 'action', next: [], drop: 0 },
    ],
  },
  {
    flow: 'catering <b>new</b>',
    journeysPerDay: 0.4,
    steps: [
      question('guests', {
        text: 'How many guests?',
        next: [['date', 1]],
        drop: 0.2,
      }),
      question('date', { text: 'On which day?', next: [['noted', 1]], drop: 0.2 }),
      message('noted', { text: 'Noted.' }),
    ],
  },
];
