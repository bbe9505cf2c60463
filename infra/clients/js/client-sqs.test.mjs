// The AWS SDK for JavaScript v3. It compares MD5OfMessageBody and MD5OfBody with its own sums in every send and receive.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  AddPermissionCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { guest, guestAccount, owner, queueName, until } from './environment.mjs';

async function createQueue(name, Attributes) {
  return (await owner.send(new CreateQueueCommand({ QueueName: name, Attributes }))).QueueUrl;
}

async function receive(QueueUrl, more = {}) {
  return (await owner.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
}

const send = (QueueUrl, MessageBody, more = {}) =>
  owner.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

async function attributes(QueueUrl, ...AttributeNames) {
  return (await owner.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
}

const bodies = (messages) => messages.map((message) => message.Body);

test('queues are created, found, listed, changed and deleted', async () => {
  const name = queueName('queues');
  const QueueUrl = await createQueue(name, { VisibilityTimeout: '45' });

  assert.equal((await owner.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl, QueueUrl);
  assert.deepEqual((await owner.send(new ListQueuesCommand({ QueueNamePrefix: name }))).QueueUrls, [QueueUrl]);
  await owner.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '1' } }));
  assert.deepEqual(await attributes(QueueUrl, 'VisibilityTimeout', 'DelaySeconds'), {
    VisibilityTimeout: '45',
    DelaySeconds: '1',
  });
  await owner.send(new DeleteQueueCommand({ QueueUrl }));
  await assert.rejects(owner.send(new GetQueueUrlCommand({ QueueName: name })), (error) => {
    assert.ok(error instanceof QueueDoesNotExist, `${error}`);
    assert.equal(error.$metadata.httpStatusCode, 400);
    return true;
  });
});

test('a listing comes in pages', async () => {
  const prefix = queueName('page');
  for (const page of ['a', 'b', 'c']) await createQueue(`${prefix}-${page}`);

  const pages = [];
  for await (const page of paginateListQueues({ client: owner, pageSize: 2 }, { QueueNamePrefix: prefix })) {
    pages.push(page.QueueUrls?.length ?? 0);
  }

  assert.equal(pages[0], 2);
  assert.equal(pages.reduce((sum, count) => sum + count), 3);
});

test('a message with attributes arrives as it was sent, and is deleted', async () => {
  const QueueUrl = await createQueue(queueName('attributes'));
  const body = 'Grüße, 世界 \u{1F600}\r\n\t<&>"\'';
  const sent = await send(QueueUrl, body, {
    MessageAttributes: {
      city: { DataType: 'String', StringValue: 'Zürich' },
      price: { DataType: 'Number.float', StringValue: '12.50' },
      raw: { DataType: 'Binary.png', BinaryValue: new Uint8Array([0, 1, 254, 255]) },
    },
    MessageSystemAttributes: {
      AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
    },
  });

  const [message] = await receive(QueueUrl, {
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  assert.equal(message.MessageId, sent.MessageId);
  assert.equal(message.Body, body);
  assert.equal(message.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
  assert.equal(message.MessageAttributes.city.StringValue, 'Zürich');
  assert.equal(message.MessageAttributes.price.DataType, 'Number.float');
  assert.deepEqual([...message.MessageAttributes.raw.BinaryValue], [0, 1, 254, 255]);
  assert.equal(message.Attributes.ApproximateReceiveCount, '1');
  assert.equal(message.Attributes.AWSTraceHeader, 'Root=1-5759e988-bd862e3fe1be46a994272793');
  await owner.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  assert.equal((await attributes(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).ApproximateNumberOfMessagesNotVisible, '0');
});

test('a message that is given back is received again', async () => {
  const QueueUrl = await createQueue(queueName('visibility'));
  await send(QueueUrl, 'twice');
  const [first] = await receive(QueueUrl);
  assert.deepEqual(await receive(QueueUrl), []);

  await owner.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 }),
  );

  const [second] = await receive(QueueUrl, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  assert.equal(second.MessageId, first.MessageId);
  assert.equal(second.Attributes.ApproximateReceiveCount, '2');
});

test('in a batch each entry has its own answer', async () => {
  const QueueUrl = await createQueue(queueName('batch'), { MaximumMessageSize: '1024' });
  const Entries = Array.from({ length: 9 }, (_, index) => ({ Id: `e${index}`, MessageBody: `body ${index}` }));
  Entries.push({ Id: 'large', MessageBody: 'x'.repeat(2000) });

  const sent = await owner.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  assert.equal(sent.Successful.length, 9);
  assert.deepEqual(sent.Failed.map(({ Id, Code, SenderFault }) => ({ Id, Code, SenderFault })), [
    { Id: 'large', Code: 'InvalidParameterValue', SenderFault: true },
  ]);

  const messages = await receive(QueueUrl);
  assert.equal(messages.length, 9);
  const hidden = messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle, VisibilityTimeout: 60 }));
  const changed = await owner.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: hidden }));
  assert.equal(changed.Successful.length, 9);
  const handles = messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));
  const deleted = await owner.send(
    new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'bad', ReceiptHandle: 'garbage' }] }),
  );
  assert.equal(deleted.Successful.length, 9);
  assert.deepEqual(deleted.Failed.map(({ Id, Code }) => ({ Id, Code })), [{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }]);
});

test('a FIFO queue keeps the order in a group and drops duplicates', async () => {
  const QueueUrl = await createQueue(queueName('fifo', '.fifo'), { FifoQueue: 'true' });
  const inGroup = (group, id) => ({ MessageGroupId: group, MessageDeduplicationId: id });
  const first = await send(QueueUrl, 'a1', inGroup('a', '1'));
  await send(QueueUrl, 'a2', inGroup('a', '2'));
  await send(QueueUrl, 'b1', inGroup('b', '3'));
  const again = await send(QueueUrl, 'a1', inGroup('a', '1'));
  assert.equal(again.MessageId, first.MessageId);
  assert.match(first.SequenceNumber, /^\d{20}$/);

  const [head] = await receive(QueueUrl, { MaxNumberOfMessages: 1 });
  assert.equal(head.Body, 'a1');
  const others = await receive(QueueUrl);
  assert.deepEqual(bodies(others), ['b1'], 'while a1 is in flight its group waits');
  await owner.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: head.ReceiptHandle }));
  assert.deepEqual(bodies(await receive(QueueUrl)), ['a2']);
});

test('a dead letter is moved, and moved back by a message move task', async () => {
  const deadLetterQueue = await createQueue(queueName('dlq'));
  const { QueueArn: deadLetterTargetArn } = await attributes(deadLetterQueue, 'QueueArn');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
  const QueueUrl = await createQueue(queueName('source'), { RedrivePolicy });
  const { QueueArn: sourceArn } = await attributes(QueueUrl, 'QueueArn');
  assert.deepEqual(
    (await owner.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetterQueue }))).queueUrls,
    [QueueUrl],
  );
  await send(QueueUrl, 'poison');
  assert.equal((await receive(QueueUrl, { VisibilityTimeout: 0 })).length, 1);

  const [letter] = await receive(deadLetterQueue, {
    MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
    WaitTimeSeconds: 20,
    VisibilityTimeout: 0,
  });
  assert.equal(letter.Body, 'poison');
  assert.equal(letter.Attributes.DeadLetterQueueSourceArn, sourceArn);

  const { TaskHandle } = await owner.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetterTargetArn }));
  assert.ok(TaskHandle);
  const [back] = await receive(QueueUrl, { WaitTimeSeconds: 20 });
  assert.equal(back.Body, 'poison');
  const task = await until(
    'the move task',
    async () => (await owner.send(new ListMessageMoveTasksCommand({ SourceArn: deadLetterTargetArn }))).Results[0],
    ({ Status }) => Status === 'COMPLETED',
  );
  assert.equal(task.ApproximateNumberOfMessagesMoved, 1);
});

test('a purge empties the queue', async () => {
  const QueueUrl = await createQueue(queueName('purge'));
  await send(QueueUrl, 'gone');

  await owner.send(new PurgeQueueCommand({ QueueUrl }));

  assert.deepEqual(await receive(QueueUrl), []);
});

test('tags are set, listed and removed', async () => {
  const QueueUrl = await createQueue(queueName('tags'));
  await owner.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'prices', stage: 'test' } }));
  await owner.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));

  assert.deepEqual((await owner.send(new ListQueueTagsCommand({ QueueUrl }))).Tags, { team: 'prices' });
});

test('another account may send as long as it has the permission', async () => {
  const QueueUrl = await createQueue(queueName('shared'));
  const sendAsGuest = () => guest.send(new SendMessageCommand({ QueueUrl, MessageBody: 'from the guest' }));
  await assert.rejects(sendAsGuest(), { name: 'AccessDenied' });

  await owner.send(
    new AddPermissionCommand({ QueueUrl, Label: 'guest', AWSAccountIds: [guestAccount], Actions: ['SendMessage'] }),
  );
  await sendAsGuest();
  await owner.send(new RemovePermissionCommand({ QueueUrl, Label: 'guest' }));

  await assert.rejects(sendAsGuest(), { name: 'AccessDenied' });
  assert.deepEqual(bodies(await receive(QueueUrl)), ['from the guest']);
});

test('a long poll answers when a message is sent', async () => {
  const QueueUrl = await createQueue(queueName('poll'));
  const began = Date.now();
  const poll = receive(QueueUrl, { WaitTimeSeconds: 20 });
  // The poll is on its way first; half a second is ample for it to be waiting, and where it is not, the test still holds.
  await new Promise((later) => setTimeout(later, 500));
  await send(QueueUrl, 'wake up');

  assert.deepEqual(bodies(await poll), ['wake up']);
  assert.ok(Date.now() - began < 15_000, 'it waited for its whole time');
});
