// The lessons' steps and checks. A step does something; a check only looks at samples (s now, base at the
// beginning, run what was measured).
import { send } from './actions.js';
import { count, rate, seconds } from './format.js';

const post = (url, body = {}) => send('POST', url, body);
const producer = (action, body) => () => post(`/api/control/producer/${action}`, body);
const consumer = (action, body) => () => post(`/api/control/consumer/${action}`, body);
const lab = (verb, service, words) => ({
  words,
  needsLab: true,
  command: `infra/demo ${verb} ${service}`,
  act: () => post(`/api/lab/${verb}/${service}`),
});
const extra = (name, words) => ({
  words,
  needsLab: true,
  command: `infra/run analytics-consumer --name ${name}`,
  act: () => post(`/api/lab/extra/start/${name}`),
});
const step = (words, act) => ({ words, act });
// A step that makes sense only once something is measured: its button opens when that check is green.
const once = (check, item) => ({ ...item, after: check });
const timeout = (value) => () =>
  send('PUT', '/api/queues/price-events/attributes', { VisibilityTimeout: String(value) });

const waiting = (s) => (s.queue.main ? s.queue.main.waiting : 0);
const stored = (s) => (s.proof.stored === null ? Infinity : s.proof.stored);
const applied = (s) => (s.database.progress ? s.database.progress.applied : 0);
const duplicates = (s) => (s.database.progress ? s.database.progress.duplicatesAbsorbed : 0);
const failures = (s) => (s.database.progress ? s.database.progress.failures : 0);
const acknowledged = (s) => (s.producer.status ? s.producer.status.acknowledged : 0);
const running = (s) => s.database.consumers.filter((c) => c.state === 'running').length;
// One that is stopping still finishes what it has in hand.
const AT_REST = ['stopped', 'crashed', 'silent', 'paused'];
const halted = (s) => s.database.consumers.length > 0 && s.database.consumers.every((c) => AT_REST.includes(c.state));
const check = (words, holds) => ({ words, holds });

const nothingLost = check(
  'Nothing is lost: the proof holds at the end',
  (s, base, run, passed) =>
    passed >= run.checks.length - 1 && s.proof.balanced === true && `lost ${count(s.proof.lost)}`,
);
const consumerAgain = check(
  'A consumer runs again',
  (s, base, run) => run.halted && running(s) > 0 && `${running(s)} running`,
);
const drained = (after) =>
  check(
    'The queue is drained',
    (s, base, run) => run[after] && running(s) > 0 && stored(s) < 50 && `${count(stored(s))} left`,
  );

const queueApi = (name) => `/api/queues/${name}`;
async function sendMany(name, messages) {
  for (const message of messages) await post(`${queueApi(name)}/send`, message);
}
async function receiveAll(name, rounds, keep = false) {
  const got = [];
  for (let i = 0; i < rounds; i += 1) {
    const messages = await post(`${queueApi(name)}/poll`, { maxMessages: 10, waitSeconds: 1, visibilityTimeout: 60 });
    if (messages.length === 0) break;
    for (const message of messages) {
      got.push(message);
      if (!keep)
        await post(`${queueApi(name)}/delete-message`, {
          messageId: message.messageId,
          receiptHandle: message.receiptHandle,
        });
    }
  }
  return got;
}
const numbered = (n, group) =>
  Array.from({ length: n }, (_, i) => ({
    body: String(i + 1),
    groupId: group,
    deduplicationId: group ? `n${i + 1}-${Date.now()}` : null,
  }));
const numbers = (messages) => messages.map((m) => Number(m.body));

export const LESSONS = {
  decoupling: {
    expect: 'The producer keeps its rate while nobody consumes; the queue grows by what is produced; then it drains.',
    observe: (s, base, run) => {
      if (!halted(s)) return;
      run.halted = true;
      run.before ??= { acknowledged: acknowledged(s), errors: s.producer.status?.sendErrors ?? 0 };
      run.sent = acknowledged(s) - run.before.acknowledged;
      run.peak = Math.max(run.peak || 0, waiting(s));
    },
    steps: [
      lab('stop', 'analytics-consumer', 'Stop the consumer.'),
      step('Watch the queue grow for a while.', null),
      once(2, lab('start', 'analytics-consumer', 'Start it again, and watch it catch up.')),
    ],
    checks: [
      check('No consumer runs', (s) => halted(s) && 'stopped'),
      check(
        'The queue has grown by at least 100',
        (s, base, run) => run.peak >= waiting(base) + 100 && `${count(run.peak)} waiting`,
      ),
      check(
        'The producer sent at least 100 meanwhile, without a new error',
        (s, base, run) =>
          run.sent >= 100 && s.producer.status.sendErrors === run.before.errors && `${count(run.sent)} sent`,
      ),
      consumerAgain,
      drained('peak'),
      nothingLost,
    ],
  },
  crash: {
    expect:
      'What the dead consumer had in hand stays in flight, hidden, until the visibility timeout runs ' +
      'out. Then it waits again and is delivered a second time.',
    observe: (s, base, run) => {
      const inFlight = s.queue.main ? s.queue.main.inFlight : 0;
      if (s.consumer.contact.reachable) return;
      run.left = Math.max(run.left || 0, inFlight);
      if (s.database.consumers.some((c) => c.state === 'silent' || c.state === 'crashed') && halted(s))
        run.halted = true;
      if (run.halted && run.left > 0 && inFlight === 0) run.back = true;
    },
    steps: [
      step('Shorten the visibility timeout to 10 s, so that nobody waits long.', timeout(10)),
      step(
        'Let each batch take 2 s, so that the consumer has something in hand at any moment.',
        consumer('slow', { millis: 2000 }),
      ),
      step('Send a burst of 1,000.', producer('burst', { count: 1000 })),
      once(0, lab('kill', 'analytics-consumer', 'Kill the consumer (kill -9), in the middle of a batch.')),
      once(3, lab('start', 'analytics-consumer', 'Start it again.')),
    ],
    checks: [
      check(
        'The consumer has messages in hand',
        (s) =>
          running(s) > 0 && waiting(s) > 0 && s.queue.main.inFlight > 0 && `${count(s.queue.main.inFlight)} in flight`,
      ),
      check('It fell silent: no heartbeat, and no end noted', (s, base, run) => run.halted && 'silent'),
      check(
        'What it had in hand is in flight, though nobody works on it',
        (s, base, run) => run.halted && run.left > 0 && `${count(run.left)} in flight`,
      ),
      check('After the visibility timeout it waits again', (s, base, run) => run.back && 'none in flight'),
      consumerAgain,
      drained('back'),
      check(
        'No event is counted twice: applied is not above acknowledged',
        (s, base, run) =>
          run.back &&
          running(s) > 0 &&
          s.proof.acknowledged !== null &&
          s.proof.applied <= s.proof.acknowledged &&
          `${count(s.proof.applied)} of ${count(s.proof.acknowledged)}`,
      ),
      nothingLost,
    ],
  },
  poison: {
    expect:
      'Each poison message is refused five times, then set aside. Moved back without a fix, it ' +
      'returns: a redrive repairs nothing by itself.',
    observe: (s, base, run) => {
      const dead = s.proof.deadLettered;
      if (dead === null) return;
      if (dead >= (base.proof.deadLettered || 0) + 5) {
        if (run.back) run.again = true;
        run.dead = Math.max(run.dead || 0, dead);
      }
      if (run.dead && run.redriven && dead < run.dead) run.back = true;
    },
    steps: [
      step('Shorten the visibility timeout to 2 s, so that retries come soon.', timeout(2)),
      step('Send 5 poison events.', producer('poison', { count: 5 })),
      once(1, { ...step('Move them back.', () => post('/api/queues/price-events-dlq/redrive')), mark: 'redriven' }),
    ],
    checks: [
      check(
        'The consumer refused at least 5 more messages',
        (s, base) => failures(s) >= failures(base) + 5 && `${count(failures(s) - failures(base))} refused`,
      ),
      check('5 more are in the dead-letter queue', (s, base, run) => run.dead && `${count(run.dead)} there`),
      check('The redrive moved them back', (s, base, run) => run.back && 'moved'),
      check('Unfixed, they end there again', (s, base, run) => run.again && 'dead-lettered again'),
      nothingLost,
    ],
  },
  spike: {
    expect: "Depth jumps and then falls in a straight line: its slope is the consumer's own pace.",
    observe: (s, base, run) => {
      run.peak = Math.max(run.peak || 0, stored(s) === Infinity ? 0 : stored(s));
      run.fastest = Math.max(run.fastest || 0, s.rates.applied || 0);
      if (run.peak >= 1000 && stored(s) < 50) run.empty = true;
    },
    steps: [
      step('Give the consumer a pace that can be seen: 20 ms a batch of ten.', consumer('slow', { millis: 20 })),
      step('Send a burst of 10,000.', producer('burst', { count: 10000 })),
      step('Watch it drain.', null),
    ],
    checks: [
      check(
        'At least 10,000 more were acknowledged',
        (s, base) =>
          acknowledged(s) - acknowledged(base) >= 10000 && `${count(acknowledged(s) - acknowledged(base))} more`,
      ),
      check('The queue held at least 1,000 of them', (s, base, run) => run.peak >= 1000 && `peak ${count(run.peak)}`),
      check('It is drained again', (s, base, run) => run.empty && `at up to ${rate(run.fastest)}/s`),
      nothingLost,
    ],
  },
  scaling: {
    expect: 'The rate of one slow consumer is a ceiling; each further one raises it.',
    // The shown rate is the mean of five seconds, so a number of consumers counts once it has worked as long
    // with a backlog.
    observe: (s, base, run) => {
      const n = waiting(s) > 200 ? running(s) : 0;
      run.since = run.with === n ? run.since : Date.now();
      run.with = n;
      run.best ??= {};
      if (n > 0 && s.rates.applied !== null && Date.now() - run.since > 6000)
        run.best[n] = Math.max(run.best[n] || 0, s.rates.applied);
    },
    steps: [
      step('Slow the consumer down: 1.5 s a batch.', consumer('slow', { millis: 1500 })),
      step('Send a burst of 10,000, so that there is enough to share.', producer('burst', { count: 10000 })),
      once(1, extra('c2', 'Start a second consumer.')),
      once(2, extra('c3', 'Start a third.')),
    ],
    checks: [
      check('A backlog of at least 500', (s) => waiting(s) >= 500 && `${count(waiting(s))} waiting`),
      check('The rate of one alone is known', (s, base, run) => run.best?.[1] > 0 && `${rate(run.best[1])}/s`),
      check('Two consumers run', (s) => running(s) >= 2 && 'two'),
      check('Three consumers run', (s) => running(s) >= 3 && 'three'),
      check('More is applied a second than by one alone', (s, base, run) => {
        const more = Math.max(run.best?.[2] || 0, run.best?.[3] || 0);
        return run.best?.[1] && more > run.best[1] * 1.2 && `${rate(run.best[1])}/s alone, ${rate(more)}/s together`;
      }),
      nothingLost,
    ],
  },
  restart: {
    expect:
      'While the queue is dead the producer keeps its events in an outbox. What was acknowledged ' +
      'before the kill is there after it.',
    observe: (s, base, run) => {
      if (!s.queue.contact.reachable) {
        run.down = true;
        run.outbox = Math.max(run.outbox || 0, s.producer.status?.outbox || 0);
      } else if (!run.down) run.acknowledged = acknowledged(s);
    },
    steps: [
      lab('kill', 'queue-service', 'Kill the queue (kill -9).'),
      step("See this page say so, and the producer's outbox grow.", null),
      once(1, lab('start', 'queue-service', 'Start it again.')),
    ],
    checks: [
      check('The queue does not answer', (s, base, run) => run.down && 'unreachable'),
      check(
        'The producer holds events back in its outbox',
        (s, base, run) => run.outbox > 0 && `${count(run.outbox)} held`,
      ),
      check('The queue answers again', (s, base, run) => run.down && s.queue.contact.reachable && 'back'),
      check(
        'More is acknowledged than before the kill',
        (s, base, run) =>
          run.down &&
          s.queue.contact.reachable &&
          acknowledged(s) > run.acknowledged &&
          `${count(acknowledged(s))} now`,
      ),
      nothingLost,
    ],
  },
  order: {
    expect: 'FIFO delivers a group in the order sent. Standard makes no such promise, and loses none either.',
    steps: [
      {
        ...step('Create a standard and a FIFO queue.', async () => {
          await post('/api/queues', { name: 'lesson-order', attributes: {} });
          return post('/api/queues', { name: 'lesson-order.fifo', attributes: { FifoQueue: 'true' } });
        }),
      },
      step('Send 20 numbered messages to each.', async () => {
        await sendMany('lesson-order', numbered(20));
        await sendMany('lesson-order.fifo', numbered(20, 'one'));
        return { message: 'Sent 20 to each.' };
      }),
      step('Receive them all.', async (run) => {
        run.fifo = numbers(await receiveAll('lesson-order.fifo', 30));
        run.standard = numbers(await receiveAll('lesson-order', 30));
        return { message: `FIFO: ${run.fifo.join(' ')} · Standard: ${run.standard.join(' ')}` };
      }),
    ],
    checks: [
      check(
        'FIFO: all 20, exactly in order',
        (s, base, run) => run.fifo && run.fifo.length === 20 && run.fifo.every((n, i) => n === i + 1) && 'in order',
      ),
      check(
        'Standard: all 20 arrived',
        (s, base, run) =>
          run.standard &&
          new Set(run.standard).size === 20 &&
          (run.standard.every((n, i) => n === i + 1) ? 'in order this time' : 'in another order'),
      ),
    ],
  },
  fair: {
    expect:
      'With message groups on a standard queue, a group with much in flight steps back and the quiet ones are served.',
    steps: [
      step('Create a queue, and let the noisy tenant send 120 messages.', async () => {
        await post('/api/queues', { name: 'lesson-fair', attributes: {} });
        await sendMany(
          'lesson-fair',
          Array.from({ length: 120 }, (_, i) => ({ body: `noisy ${i}`, groupId: 'noisy' })),
        );
        return { message: '120 noisy messages wait.' };
      }),
      step('Receive 60 of them and keep them in flight; then a quiet tenant sends 5.', async (run) => {
        run.held = (await receiveAll('lesson-fair', 6, true)).length;
        await sendMany(
          'lesson-fair',
          Array.from({ length: 5 }, (_, i) => ({ body: `quiet ${i}`, groupId: 'quiet' })),
        );
        return { message: `${run.held} in flight, 5 quiet ones behind the rest.` };
      }),
      step('Receive the next 30.', async (run) => {
        run.next = (await receiveAll('lesson-fair', 3, true)).map((m) => m.body);
        run.first = run.next.findIndex((body) => body.startsWith('quiet'));
        return {
          message:
            run.first < 0 ? 'No quiet message among them.' : `The first quiet message came at place ${run.first + 1}.`,
        };
      }),
    ],
    checks: [
      check('60 noisy messages are in flight', (s, base, run) => run.held >= 60 && `${run.held}`),
      check(
        'The quiet messages did not wait for the 60 noisy ones before them',
        (s, base, run) => run.next && run.first >= 0 && run.first < 30 && `place ${run.first + 1}`,
      ),
    ],
  },
  visibility: {
    expect:
      'A batch that takes 3 s with a timeout of 1 s is delivered again while it is still worked on. ' +
      'The second time changes nothing.',
    observe: (s, base, run) => {
      if (duplicates(s) > duplicates(base)) run.peak = 1;
    },
    steps: [
      step('Set the visibility timeout to 1 s.', timeout(1)),
      step(
        'Make each batch take 3 s, without extending the timeout.',
        consumer('slow', { millis: 3000, extendVisibility: false }),
      ),
      once(0, step('Work fast again.', consumer('slow', { millis: 0, extendVisibility: true }))),
      step('Set the timeout back to 30 s.', timeout(30)),
    ],
    checks: [
      check(
        'Messages were delivered twice',
        (s, base) =>
          duplicates(s) > duplicates(base) && `${count(duplicates(s) - duplicates(base))} duplicates absorbed`,
      ),
      check(
        'None was counted twice: applied is not above acknowledged',
        (s, base, run) =>
          run.peak &&
          s.proof.acknowledged !== null &&
          s.proof.applied <= s.proof.acknowledged &&
          `${count(s.proof.applied)} of ${count(s.proof.acknowledged)}`,
      ),
      drained('peak'),
      nothingLost,
    ],
  },
  polling: {
    expect: 'Short polling asks and hears "nothing" again and again. A long poll waits for the message and hears once.',
    steps: [
      step('Create an empty queue.', () => post('/api/queues', { name: 'lesson-polling', attributes: {} })),
      step('Poll short ten times.', async (run) => {
        run.empty = 0;
        for (let i = 0; i < 10; i += 1)
          if ((await post(`${queueApi('lesson-polling')}/poll`, { maxMessages: 10, waitSeconds: 0 })).length === 0)
            run.empty += 1;
        return { message: `${run.empty} of 10 answers were empty.` };
      }),
      step('Poll long once; a message is sent 2 s later.', async (run) => {
        const began = Date.now();
        const poll = post(`${queueApi('lesson-polling')}/poll`, { maxMessages: 10, waitSeconds: 20 });
        await new Promise((done) => setTimeout(done, 2000));
        await post(`${queueApi('lesson-polling')}/send`, { body: 'here I am' });
        run.long = (await poll).length;
        run.waited = (Date.now() - began) / 1000;
        return { message: `${run.long} message after ${seconds(run.waited)}.` };
      }),
    ],
    checks: [
      check('Ten short polls, ten empty answers', (s, base, run) => run.empty === 10 && '10 empty'),
      check(
        'One long poll waited, and woke on the send',
        (s, base, run) => run.long === 1 && run.waited >= 1.5 && run.waited < 15 && `after ${run.waited.toFixed(1)} s`,
      ),
    ],
  },
};
