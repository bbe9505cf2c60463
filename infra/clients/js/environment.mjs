// What the test that starts these scripts says about the server, and clients for it.
import { randomUUID } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';

const { SQS_ENDPOINT: endpoint, GUEST_ACCESS_KEY_ID, GUEST_SECRET_ACCESS_KEY } = process.env;

export const guestAccount = process.env.GUEST_ACCOUNT;

// Region and the owner's credentials come from AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as in any program.
export const owner = new SQSClient({ endpoint });

export const guest = new SQSClient({
  endpoint,
  credentials: { accessKeyId: GUEST_ACCESS_KEY_ID, secretAccessKey: GUEST_SECRET_ACCESS_KEY },
});

/** A name no other test uses. */
export function queueName(topic, suffix = '') {
  return `js-${topic}-${randomUUID()}${suffix}`;
}

/** Asks again until the answer will do; an error after half a minute. */
export async function until(what, ask, willDo) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (willDo(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: still ${JSON.stringify(answer)} after 30 s`);
    await new Promise((again) => setTimeout(again, 50));
  }
}
