import { conversation, ignore, options, startOnGo } from './support/bots';
import { EVENT, MEDIA, pause, playTracked, silence, together } from './support/run';
import { play, tell } from './support/scene';
import { entered, story, transitions } from './support/story';
import { DAY, MINUTE } from './support/virtual-time';

describe('an answer', () => {
  it('that no pattern matches falls through to the next line', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('A or B?', options({ pattern: 'A', handler: ignore }), 'k');
          x.say('next message');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'zzz'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k advanced, after 5 s, unmatched',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('without text matches nothing, and is the whole activity', async () => {
    const lines = await tell({
      build: (controller, note) => {
        conversation(controller, 'x', (x) =>
          x.ask(
            'send yes',
            options(
              { pattern: '.*', handler: async () => note('pattern') },
              { default: true, handler: async (_, convo) => note(typeof convo.vars.k) },
            ),
            'k',
          ),
        );
        startOnGo(controller, 'x');
      },
      steps: ['go', MEDIA],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k confused: media',
      'x/k completed, after 5 s, default, media',
      'x ends: completed',
    ]);
  });

  it('that is an event waited for nobody', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => x.ask('q', ignore, 'k'));
        startOnGo(controller, 'x');
      },
      steps: ['go', EVENT],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k completed, accepted, event',
      'x ends: completed',
    ]);
  });

  it('that is an event is none with the guard', async () => {
    const { events } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => x.ask('q', ignore, 'k'));
        startOnGo(controller, 'x');
      },
      steps: ['go', EVENT, 'yes'],
      plugin: { guard: true },
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/k completed, after 10 s, accepted',
      'x ends: completed',
    ]);
  });

  it('days later is a return, not an answer', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q1', ignore, 'a');
          x.ask('q2', ignore, 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', silence(3 * DAY), 'one', 'two'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x/a returned',
      'x begins: return',
      'x/b completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });

  it('days later is a return even if nobody has looked since', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q1', ignore, 'a');
          x.ask('q2', ignore, 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', pause(3 * DAY), 'one', silence()],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x/a returned',
      'x begins: return',
      'x/b stalled',
      'x/b dropped',
      'x ends: dropped',
    ]);
  });

  it('that is an event, days later, is no return of the user', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q1', ignore, 'a');
          x.ask('q2', ignore, 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', silence(3 * DAY), EVENT, 'two'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x begins: return',
      'x/b completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });

  it('given twice at the same moment is counted once', async () => {
    const { events } = await play({
      build: (controller, note) => {
        conversation(controller, 'x', (x) => {
          x.ask('q1', async (answer) => note(`q1 ${answer}`), 'a');
          x.ask('q2', async (answer) => note(`q2 ${answer}`), 'b');
          x.ask('q3', ignore, 'c');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', together('m1', 'm2'), 'next', 'last'],
      channel: { slowness: 4 },
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/a advanced, after 5 s, accepted',
      'x/b advanced, after 5 s, accepted',
      'x/c completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });
});

describe('a bot that throws', () => {
  class OutOfStock extends Error {
    override readonly name = 'OutOfStock';
  }

  it('in a handler fails visit, journey and turn, and the next message begins anew', async () => {
    let broken = true;
    const { events, transcript } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'q',
            async () => {
              if (broken) throw new OutOfStock('of shirts');
            },
            'k',
          );
          x.ask('q2', ignore, 'k2');
        });
        startOnGo(controller, 'x');
      },
      steps: [
        'go',
        'one',
        'again',
        () => {
          broken = false;
        },
        'works',
        'two',
      ],
    });

    expect(transcript.filter((line) => line.startsWith('unhandled'))).toHaveLength(2);
    expect(story(events)).toEqual([
      'x begins: user',
      'x/k failed, after 5 s, accepted',
      'x ends: failed',
      'turn fails: OutOfStock',
      'x begins: return',
      'x ends: failed',
      'turn fails: OutOfStock',
      'x begins: return',
      'x/k2 completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });

  const places: readonly (readonly [
    string,
    Parameters<typeof tell>[0]['build'],
    readonly string[],
  ])[] = [
    [
      'in a before hook',
      (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'k');
          x.before('default', async () => {
            throw new OutOfStock();
          });
        });
      },
      ['x begins: user', 'x ends: failed', 'turn fails: OutOfStock'],
    ],
    [
      'in an onChange hook',
      (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'k');
          x.onChange('k', async () => {
            throw new OutOfStock();
          });
        });
      },
      [
        'x begins: user',
        'x/k failed, after 5 s, accepted',
        'x ends: failed',
        'turn fails: OutOfStock',
      ],
    ],
    [
      'in the text of a message',
      (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'k');
          x.say({
            text: async () => {
              throw new OutOfStock();
            },
          } as never);
        });
      },
      [
        'x begins: user',
        'x/k advanced, after 5 s, accepted',
        'x/default.2 failed',
        'x ends: failed',
        'turn fails: OutOfStock',
      ],
    ],
    [
      'in a child',
      (controller) => {
        conversation(controller, 'x', (x) => {
          x.addChildDialog('kid', 'k');
        });
        conversation(controller, 'kid', (kid) => {
          kid.ask(
            'q',
            async () => {
              throw new OutOfStock();
            },
            'a',
          );
        });
      },
      [
        'x begins: user',
        'kid begins: child',
        'kid/a failed, after 5 s, accepted',
        'kid ends: failed',
        'x/k failed',
        'x ends: failed',
        'turn fails: OutOfStock',
      ],
    ],
    [
      'in a child at once',
      (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'a');
          x.addChildDialog('kid', 'k');
        });
        conversation(controller, 'kid', (kid) => {
          kid.before('default', async () => {
            throw new OutOfStock();
          });
          kid.say('hi');
        });
      },
      [
        'x begins: user',
        'x/a advanced, after 5 s, accepted',
        'kid begins: child',
        'kid ends: failed',
        'x/k failed',
        'x ends: failed',
        'turn fails: OutOfStock',
      ],
    ],
  ];

  it.each(places)('%s fails what is on the stack', async (_, build, expected) => {
    const lines = await tell({
      build: (controller, note) => {
        build(controller, note);
        startOnGo(controller, 'x');
      },
      steps: ['go', 'answer'],
    });

    expect(lines.slice(0, expected.length)).toEqual(expected);
    expect(lines.filter((line) => line.endsWith('is open'))).toEqual([]);
  });

  it('in an after hook has completed the journey; what it repeats is a new one', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'k');
          x.after(() => {
            throw new OutOfStock();
          });
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one', 'two'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k completed, after 5 s, accepted',
      'x ends: completed',
      'turn fails: OutOfStock',
      'x begins: return',
      'x ends: completed',
      'turn fails: OutOfStock',
    ]);
  });

  it('outside of every dialog ends the turn by its timeout', async () => {
    const { events } = await play({
      build: (controller) => {
        controller.hears('boom', 'message', async () => {
          throw new OutOfStock();
        });
      },
      steps: ['boom', silence(6 * MINUTE)],
    });

    expect(events.map(({ kind }) => kind)).toEqual([
      'turn_started',
      'inbound_received',
      'turn_ended',
    ]);
  });

  it('in an interrupt leaves the question waiting', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => x.ask('q', ignore, 'k'));
        startOnGo(controller, 'x');
        controller.interrupts('boom', 'message', async () => {
          throw new OutOfStock();
        });
      },
      steps: ['go', 'boom', 'answer', silence()],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k completed, after 10 s, accepted',
      'x ends: completed',
    ]);
  });

  it('and catches it itself goes on', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'q',
            async (_, __, bot) => {
              await bot.beginDialog('nowhere').catch(() => bot.say('not today'));
            },
            'k',
          );
          x.say('bye');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k advanced, after 5 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });
});

describe('a send that fails', () => {
  const refuseFirst = (_: unknown, n: number) =>
    n === 1 ? new Error('WhatsApp 131047') : undefined;

  it('in a question leaves it undelivered, and Botkit answers it itself', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', ignore, 'k');
          x.say('next');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go'],
      channel: { refuse: refuseFirst },
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k undelivered',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('in a question of a conversation without a default thread ends it', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.addQuestion('q', ignore, 'k', 'other');
        });
        startOnGo(controller, 'x', { thread: 'other' });
      },
      steps: ['go'],
      channel: { refuse: refuseFirst },
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k undelivered',
      'x ends: undelivered',
      'turn fails: TypeError',
    ]);
  });

  it('in a message ends the journey as undelivered', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.say('hi');
          x.ask('q', ignore, 'k');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'go', 'answer'],
      channel: { refuse: refuseFirst },
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/default.0 undelivered',
      'x ends: undelivered',
      'turn fails: Error',
      'x begins: user',
      'x/default.0 advanced',
      'x/k completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });

  it('cannot happen where the question could not even be made', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            {
              text: async () => {
                throw new Error('template failed');
              },
            } as never,
            ignore,
            'k',
          );
          x.say('next');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k failed',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });
});

describe('a child', () => {
  it('of a parent begun in another thread crashes it', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.addMessage('in t2', 't2');
          x.addChildDialog('kid', 'k', 't2');
        });
        conversation(controller, 'kid', (kid) => kid.say('kid'));
        startOnGo(controller, 'x', { thread: 't2' });
      },
      steps: ['go'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/t2.0 advanced',
      'kid begins: child',
      'kid ends: failed',
      'x/k failed',
      'x ends: failed',
      'turn fails: TypeError',
    ]);
  });

  it('with a variable called text collapses to it', async () => {
    const { events } = await play({
      build: (controller, note) => {
        conversation(controller, 'x', (x) => {
          x.addChildDialog('kid', 'k');
          x.say({
            text: async (_: unknown, vars: { k: string }) => {
              note(vars.k);
              return 'end';
            },
          } as never);
        });
        conversation(controller, 'kid', (kid) => kid.ask('?', ignore, 'text'));
        startOnGo(controller, 'x');
      },
      steps: ['go', 'abc'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'kid begins: child',
      'kid/text completed, after 5 s, accepted',
      'kid ends: completed',
      'x/k advanced',
      'x/default.2 completed',
      'x ends: completed',
    ]);
    expect(transitions(events)).toEqual(['x: k > default.2']);
  });

  it('begun in the handler of an answer belongs to the question', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'details?',
            options(
              { pattern: 'yes', handler: async (_, __, bot) => bot.beginDialog('kid') },
              { default: true, handler: ignore },
            ),
            'k',
          );
          x.say('bye');
        });
        conversation(controller, 'kid', (kid) => kid.ask('which?', ignore, 'a'));
        startOnGo(controller, 'x');
      },
      steps: ['go', 'yes', 'red'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'kid begins: child',
      'kid/a completed, after 5 s, accepted',
      'kid ends: completed',
      'x/k advanced, after 5 s, matched',
      'x/default.2 completed',
      'x ends: completed',
    ]);
    expect(transitions(events)).toEqual(['x: k > default.2']);
  });

  it('that is dropped drops its parents at the nodes that began it', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.addChildDialog('kid', 'k');
          x.say('bye');
        });
        conversation(controller, 'kid', (kid) => {
          kid.ask('q1', ignore, 'a');
          kid.ask('q2', ignore, 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', silence(), 'back', 'two'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'kid begins: child',
      'kid/a stalled',
      'kid/a dropped',
      'kid ends: dropped',
      'x/k dropped',
      'x ends: dropped',
      'kid/a returned',
      'x begins: return',
      'kid begins: return',
      'kid/b completed, after 5 s, accepted',
      'kid ends: completed',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });
});

describe('the moves of a conversation', () => {
  it('repeat and loop', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.say('Hi');
          x.ask(
            'Which size?',
            options(
              { pattern: 'small', handler: ignore },
              { default: true, handler: async (_, convo) => convo.repeat() },
            ),
            'size',
          );
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'huh', 'what', 'eh', 'small'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/default.0 advanced',
      'x/size confused: no_match',
      'x/size repeated, after 5 s, default',
      'x/size confused: no_match',
      'x/size repeated, after 5 s, default',
      'x/size looped: 1',
      'x/size confused: no_match',
      'x/size repeated, after 5 s, default',
      'x/size completed, after 5 s, matched',
      'x ends: completed',
    ]);
  });

  it('jump to threads, forth and back', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'Menu?',
            options(
              { pattern: 'a', action: 'a' },
              { default: true, handler: async (_, c) => c.gotoThread('b') },
            ),
            'menu',
          );
          x.addQuestion('In a', options({ default: true, action: 'default' }), 'in_a', 'a');
          x.addMessage('In b', 'b');
          x.addAction('complete', 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'a', 'back', 'else'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/menu advanced, after 5 s, matched',
      'x/in_a confused: back',
      'x/in_a jumped, after 5 s, accepted',
      'x/menu advanced, after 5 s, default',
      'x/b.0 advanced',
      'x/b.1 completed',
      'x ends: completed',
    ]);
    expect(transitions(events)).toEqual([
      'x: menu > in_a',
      'x: in_a > menu',
      'x: menu > b.0',
      'x: b.0 > b.1',
    ]);
  });

  it.each([
    [
      'convo.stop()',
      options({ default: true, handler: async (_, convo) => convo.stop() }),
      'stopped',
    ],
    ['stop', options({ default: true, action: 'stop' }), 'stopped'],
    ['timeout', options({ default: true, action: 'timeout' }), 'stopped'],
    ['complete', options({ default: true, action: 'complete' }), 'completed'],
  ])('end with %s', async (_, paths, outcome) => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', paths, 'k');
          x.say('not sent');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    expect(lines).toEqual([
      'x begins: user',
      `x/k ${outcome}, after 5 s, accepted`,
      `x ends: ${outcome}`,
    ]);
  });

  it('wait for more of an answer', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'collect',
            options({ pattern: 'done', action: 'next' }, { default: true, action: 'wait' }),
            { key: 'k' },
          );
          x.say('after');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one', 'two', 'done'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k advanced, after 5 s, matched',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('switch to another conversation', async () => {
    const lines = await tell({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'q',
            options({ default: true, action: 'execute_script', execute: { script: 'y' } }),
            'k',
          );
        });
        conversation(controller, 'y', (y) => {
          y.say('y');
          y.addGotoDialog('z');
        });
        conversation(controller, 'z', (z) => z.say('z'));
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/k switched, after 5 s, accepted',
      'x ends: switched',
      'y begins: switch',
      'y/default.0 advanced',
      'y/default.1 switched',
      'y ends: switched',
      'z begins: switch',
      'z/default.0 completed',
      'z ends: completed',
    ]);
  });

  it('go elsewhere before a thread and when a variable changes', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.say('never');
          x.before('default', async (convo) => convo.gotoThread('asking'));
          x.addQuestion('q', ignore, 'k', 'asking');
          x.addMessage('never either', 'asking');
          x.addMessage('end', 'end');
          x.onChange('k', async (_, convo) => convo.gotoThread('end'));
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    expect(entered(events)).toEqual(['x/k', 'x/end.0']);
    expect(story(events)).toEqual([
      'x begins: user',
      'x/k advanced, after 5 s, accepted',
      'x/end.0 completed',
      'x ends: completed',
    ]);
  });

  it('without an end are followed only so far', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.say('again');
          x.addAction('repeat');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go'],
      channel: { refuse: (_, n) => (n > 3_000 ? new Error('enough') : undefined) },
    });

    expect(entered(events)).toHaveLength(1_000);
    expect(story(events).slice(-3)).toEqual([
      expect.stringMatching(/^x\/default\.[01] (undelivered|failed|jumped)$/),
      'x ends: undelivered',
      'turn fails: Error',
    ]);
  });

  it('let handlers speak for themselves', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask(
            'q',
            async (_, __, bot) => {
              await bot.say('well');
            },
            'k',
          );
          x.say('bye');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    const sent = events.flatMap((event) =>
      event.kind === 'message_sent' ? [event.visit?.node] : [],
    );
    expect(sent).toEqual(['k', 'k', 'default.2']);
  });
});
