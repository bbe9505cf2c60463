// sqs-consumer, the most used consumer loop for Node, over the AWS SDK for JavaScript.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import { owner, queueName, until } from './environment.mjs';

async function createQueue(name, Attributes) {
  return (await owner.send(new CreateQueueCommand({ QueueName: name, Attributes }))).QueueUrl;
}

const send = (QueueUrl, MessageBody, more = {}) =>
  owner.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

/** Waiting, in flight and delayed. */
async function stock(QueueUrl) {
  const AttributeNames = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ];
  const { Attributes } = await owner.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return AttributeNames.map((name) => Number(Attributes[name]));
}

const becomesEmpty = (QueueUrl) =>
  until('the stock', () => stock(QueueUrl), (counts) => counts.every((count) => count === 0));

/** Runs a consumer until the work is done, then stops it; an error that it reports fails the test. */
async function consume(options, work) {
  const consumer = Consumer.create({ sqs: owner, waitTimeSeconds: 20, suppressFifoWarning: true, ...options });
  let failure = null;
  consumer.on('error', (error) => {
    failure ??= error;
  });
  consumer.start();
  try {
    await work();
  } finally {
    const stopped = once(consumer, 'stopped');
    consumer.stop({ abort: true });
    await stopped;
  }
  assert.equal(failure, null);
}

test('messages are handled and deleted, also one sent while it waits', async () => {
  const queueUrl = await createQueue(queueName('consumer'));
  const handled = [];
  const handleMessage = async (message) => {
    handled.push([message.Body, message.MessageAttributes?.kind?.StringValue]);
    return message;
  };

  await send(queueUrl, 'first', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } } });
  await consume({ queueUrl, handleMessage, messageAttributeNames: ['All'] }, async () => {
    await becomesEmpty(queueUrl);
    await send(queueUrl, 'second');
    await becomesEmpty(queueUrl);
  });

  assert.deepEqual(handled, [['first', 'k'], ['second', undefined]]);
});

test('a batch is handled whole and deleted whole', async () => {
  const queueUrl = await createQueue(queueName('consumer-batch'));
  const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `e${index}`, MessageBody: `${index}` }));
  await owner.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const sizes = [];
  const handleMessageBatch = async (messages) => {
    sizes.push(messages.length);
    return messages;
  };

  await consume({ queueUrl, batchSize: 10, handleMessageBatch }, () => becomesEmpty(queueUrl));

  assert.deepEqual(sizes, [10]);
});

test('a message whose handler fails comes back at once, and in the end is a dead letter', async () => {
  const deadLetterQueue = await createQueue(queueName('consumer-dlq'));
  const deadLetterTargetArn = (
    await owner.send(new GetQueueAttributesCommand({ QueueUrl: deadLetterQueue, AttributeNames: ['QueueArn'] }))
  ).Attributes.QueueArn;
  const queueUrl = await createQueue(queueName('consumer-source'), {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
  });
  await send(queueUrl, 'poison');
  const counts = [];
  const handleMessage = async ({ Attributes }) => {
    counts.push(Attributes.ApproximateReceiveCount);
    throw new Error('cannot be processed');
  };

  await consume(
    { queueUrl, handleMessage, terminateVisibilityTimeout: true, messageSystemAttributeNames: ['ApproximateReceiveCount'] },
    () => becomesEmpty(queueUrl),
  );

  assert.deepEqual(counts, ['1', '2', '3']);
  const { Messages } = await owner.send(new ReceiveMessageCommand({ QueueUrl: deadLetterQueue, WaitTimeSeconds: 20 }));
  assert.equal(Messages[0].Body, 'poison');
});

test('a heartbeat keeps a message that takes longer than its visibility timeout', async () => {
  const queueUrl = await createQueue(queueName('consumer-heartbeat'));
  await send(queueUrl, 'slow');
  let deliveries = 0;
  const handleMessage = async (message) => {
    deliveries += 1;
    await new Promise((done) => setTimeout(done, 3_500));
    return message;
  };

  // Two consumers: the second would get the message if the first lost it.
  const options = { queueUrl, handleMessage, visibilityTimeout: 2, heartbeatInterval: 1 };
  await consume(options, () => consume(options, () => becomesEmpty(queueUrl)));

  assert.equal(deliveries, 1);
});

test('a FIFO queue is consumed in order', async () => {
  const queueUrl = await createQueue(queueName('consumer', '.fifo'), {
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
  });
  for (const body of ['1', '2', '2', '3']) await send(queueUrl, body, { MessageGroupId: 'g' });
  const handled = [];
  const handleMessage = async (message) => {
    handled.push(message.Body);
    return message;
  };

  await consume({ queueUrl, handleMessage }, () => becomesEmpty(queueUrl));

  assert.deepEqual(handled, ['1', '2', '3']);
});
