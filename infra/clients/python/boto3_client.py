"""boto3 against queue-service. Until 2023 it spoke the Query protocol, since then JSON. It leaves the MD5 sums to its user."""

import hashlib
import json
import os
import threading
import time
import unittest
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = os.environ["AWS_REGION"]
ENDPOINT = os.environ["SQS_ENDPOINT"]
GUEST_ACCOUNT = os.environ["GUEST_ACCOUNT"]

owner = boto3.client("sqs", region_name=REGION, endpoint_url=ENDPOINT, config=Config(read_timeout=60))
guest = boto3.client(
    "sqs",
    region_name=REGION,
    endpoint_url=ENDPOINT,
    aws_access_key_id=os.environ["GUEST_ACCESS_KEY_ID"],
    aws_secret_access_key=os.environ["GUEST_SECRET_ACCESS_KEY"],
)


def queue_name(topic, suffix=""):
    """A name no other test uses."""
    return f"boto3-{topic}-{uuid.uuid4()}{suffix}"


def create_queue(topic, suffix="", **attributes):
    return owner.create_queue(QueueName=queue_name(topic, suffix), Attributes=attributes)["QueueUrl"]


def receive(queue_url, **more):
    return owner.receive_message(QueueUrl=queue_url, **{"MaxNumberOfMessages": 10, **more}).get("Messages", [])


def attribute(queue_url, name):
    return owner.get_queue_attributes(QueueUrl=queue_url, AttributeNames=[name])["Attributes"][name]


def bodies(messages):
    return [message["Body"] for message in messages]


class Boto3Test(unittest.TestCase):
    maxDiff = None

    def assert_refused(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as refused:
            call(**arguments)
        answer = refused.exception.response
        self.assertEqual((code, status), (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]), answer)
        self.assertTrue(answer["ResponseMetadata"]["RequestId"])

    def test_queues_are_created_found_listed_changed_and_deleted(self):
        name = queue_name("queues")
        url = owner.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "45"})["QueueUrl"]

        self.assertEqual(url, owner.get_queue_url(QueueName=name)["QueueUrl"])
        self.assertEqual([url], owner.list_queues(QueueNamePrefix=name)["QueueUrls"])
        owner.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "1"})
        self.assertEqual(
            {"VisibilityTimeout": "45", "DelaySeconds": "1"},
            owner.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "DelaySeconds"])["Attributes"],
        )
        owner.delete_queue(QueueUrl=url)
        with self.assertRaises(owner.exceptions.QueueDoesNotExist):
            owner.get_queue_url(QueueName=name)
        self.assert_refused(
            "AWS.SimpleQueueService.NonExistentQueue", 400, owner.send_message, QueueUrl=url, MessageBody="too late"
        )

    def test_a_listing_comes_in_pages(self):
        prefix = queue_name("page")
        for page in "abc":
            owner.create_queue(QueueName=f"{prefix}-{page}")

        pages = owner.get_paginator("list_queues").paginate(
            QueueNamePrefix=prefix, PaginationConfig={"PageSize": 2}
        )

        self.assertEqual([2, 1], [len(page["QueueUrls"]) for page in pages])

    def test_a_message_with_attributes_arrives_as_it_was_sent_and_is_deleted(self):
        url = create_queue("attributes")
        body = "Grüße, 世界 \U0001f600\r\n\t<&>\"'"
        sent = owner.send_message(
            QueueUrl=url,
            MessageBody=body,
            MessageAttributes={
                "city": {"DataType": "String", "StringValue": "Zürich"},
                "price": {"DataType": "Number.float", "StringValue": "12.50"},
                "raw": {"DataType": "Binary.png", "BinaryValue": bytes([0, 1, 254, 255])},
            },
            MessageSystemAttributes={
                "AWSTraceHeader": {
                    "DataType": "String",
                    "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793",
                }
            },
        )

        (message,) = receive(url, MessageAttributeNames=["All"], AttributeNames=["All"])
        self.assertEqual(sent["MessageId"], message["MessageId"])
        self.assertEqual(body, message["Body"])
        md5 = hashlib.md5(body.encode()).hexdigest()
        self.assertEqual((md5, md5), (sent["MD5OfMessageBody"], message["MD5OfBody"]))
        self.assertEqual(sent["MD5OfMessageAttributes"], message["MD5OfMessageAttributes"])
        self.assertEqual("Zürich", message["MessageAttributes"]["city"]["StringValue"])
        self.assertEqual("Number.float", message["MessageAttributes"]["price"]["DataType"])
        self.assertEqual(bytes([0, 1, 254, 255]), message["MessageAttributes"]["raw"]["BinaryValue"])
        self.assertEqual("1", message["Attributes"]["ApproximateReceiveCount"])
        self.assertEqual("Root=1-5759e988-bd862e3fe1be46a994272793", message["Attributes"]["AWSTraceHeader"])
        owner.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        self.assertEqual("0", attribute(url, "ApproximateNumberOfMessagesNotVisible"))

    def test_a_message_that_is_given_back_is_received_again(self):
        url = create_queue("visibility")
        owner.send_message(QueueUrl=url, MessageBody="twice")
        (first,) = receive(url)
        self.assertEqual([], receive(url))

        owner.change_message_visibility(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)

        (second,) = receive(url, AttributeNames=["ApproximateReceiveCount"])
        self.assertEqual(first["MessageId"], second["MessageId"])
        self.assertEqual("2", second["Attributes"]["ApproximateReceiveCount"])

    def test_in_a_batch_each_entry_has_its_own_answer(self):
        url = create_queue("batch", MaximumMessageSize="1024")
        entries = [{"Id": f"e{index}", "MessageBody": f"body {index}"} for index in range(9)]

        sent = owner.send_message_batch(QueueUrl=url, Entries=[*entries, {"Id": "large", "MessageBody": "x" * 2000}])

        self.assertEqual([f"e{index}" for index in range(9)], [entry["Id"] for entry in sent["Successful"]])
        self.assertEqual([("large", "InvalidParameterValue", True)],
                         [(entry["Id"], entry["Code"], entry["SenderFault"]) for entry in sent["Failed"]])
        handles = [
            {"Id": f"m{index}", "ReceiptHandle": message["ReceiptHandle"]}
            for index, message in enumerate(receive(url))
        ]
        self.assertEqual(9, len(handles))
        hidden = [{**handle, "VisibilityTimeout": 60} for handle in handles]
        self.assertEqual(9, len(owner.change_message_visibility_batch(QueueUrl=url, Entries=hidden)["Successful"]))
        deleted = owner.delete_message_batch(QueueUrl=url, Entries=[*handles, {"Id": "bad", "ReceiptHandle": "garbage"}])
        self.assertEqual(9, len(deleted["Successful"]))
        self.assertEqual([("bad", "ReceiptHandleIsInvalid")], [(entry["Id"], entry["Code"]) for entry in deleted["Failed"]])

    def test_a_fifo_queue_keeps_the_order_in_a_group_and_drops_duplicates(self):
        url = create_queue("fifo", ".fifo", FifoQueue="true")

        def send(body, group, deduplication_id):
            return owner.send_message(
                QueueUrl=url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=deduplication_id
            )

        first = send("a1", "a", "1")
        send("a2", "a", "2")
        send("b1", "b", "3")
        self.assertEqual(first["MessageId"], send("a1", "a", "1")["MessageId"])
        self.assertRegex(first["SequenceNumber"], r"^\d{20}$")

        (head,) = receive(url, MaxNumberOfMessages=1)
        self.assertEqual("a1", head["Body"])
        self.assertEqual(["b1"], bodies(receive(url)), "while a1 is in flight its group waits")
        owner.delete_message(QueueUrl=url, ReceiptHandle=head["ReceiptHandle"])
        self.assertEqual(["a2"], bodies(receive(url)))

    def dead_letter(self):
        """A dead-letter queue with one letter, and the queue that it came from."""
        dead_letter_queue = create_queue("dlq")
        arn = attribute(dead_letter_queue, "QueueArn")
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
        source = create_queue("source", RedrivePolicy=policy)
        owner.send_message(QueueUrl=source, MessageBody="poison")
        self.assertEqual(1, len(receive(source, VisibilityTimeout=0)))
        return dead_letter_queue, arn, source

    def test_a_dead_letter_is_moved(self):
        dead_letter_queue, _, source = self.dead_letter()

        (letter,) = receive(dead_letter_queue, WaitTimeSeconds=20, AttributeNames=["All"])

        self.assertEqual("poison", letter["Body"])
        self.assertEqual(attribute(source, "QueueArn"), letter["Attributes"]["DeadLetterQueueSourceArn"])
        self.assertEqual([source], owner.list_dead_letter_source_queues(QueueUrl=dead_letter_queue)["queueUrls"])

    @unittest.skipUnless(hasattr(owner, "start_message_move_task"), "this boto3 is older than StartMessageMoveTask")
    def test_a_message_move_task_takes_a_dead_letter_back(self):
        dead_letter_queue, arn, source = self.dead_letter()
        self.assertEqual(1, len(receive(dead_letter_queue, WaitTimeSeconds=20, VisibilityTimeout=0)))

        self.assertTrue(owner.start_message_move_task(SourceArn=arn)["TaskHandle"])

        self.assertEqual(["poison"], bodies(receive(source, WaitTimeSeconds=20)))
        deadline = time.monotonic() + 30
        while True:
            (task,) = owner.list_message_move_tasks(SourceArn=arn)["Results"]
            if task["Status"] == "COMPLETED" or time.monotonic() > deadline:
                break
        self.assertEqual(("COMPLETED", 1), (task["Status"], task["ApproximateNumberOfMessagesMoved"]))

    def test_a_purge_empties_the_queue(self):
        url = create_queue("purge")
        owner.send_message(QueueUrl=url, MessageBody="gone")

        owner.purge_queue(QueueUrl=url)

        self.assertEqual([], receive(url))

    def test_tags_are_set_listed_and_removed(self):
        url = create_queue("tags")

        owner.tag_queue(QueueUrl=url, Tags={"team": "prices", "stage": "test"})
        owner.untag_queue(QueueUrl=url, TagKeys=["stage"])

        self.assertEqual({"team": "prices"}, owner.list_queue_tags(QueueUrl=url)["Tags"])

    def test_another_account_may_send_as_long_as_it_has_the_permission(self):
        url = create_queue("shared")
        from_guest = {"QueueUrl": url, "MessageBody": "from the guest"}
        self.assert_refused("AccessDenied", 403, guest.send_message, **from_guest)

        owner.add_permission(QueueUrl=url, Label="guest", AWSAccountIds=[GUEST_ACCOUNT], Actions=["SendMessage"])
        guest.send_message(**from_guest)
        owner.remove_permission(QueueUrl=url, Label="guest")

        self.assert_refused("AccessDenied", 403, guest.send_message, **from_guest)
        self.assertEqual(["from the guest"], bodies(receive(url)))

    def test_a_long_poll_answers_when_a_message_is_sent(self):
        url = create_queue("poll")
        # Half a second is ample for the poll to be waiting, and where it is not, the test still holds.
        later = threading.Timer(0.5, owner.send_message, kwargs={"QueueUrl": url, "MessageBody": "wake up"})
        began = time.monotonic()
        later.start()

        self.assertEqual(["wake up"], bodies(receive(url, WaitTimeSeconds=20)))
        self.assertLess(time.monotonic() - began, 15, "it waited for its whole time")
        later.join()

    def test_the_resource_interface(self):
        queue = boto3.resource("sqs", region_name=REGION, endpoint_url=ENDPOINT).create_queue(QueueName=queue_name("resource"))
        queue.send_message(MessageBody="hello")

        (message,) = queue.receive_messages(WaitTimeSeconds=20)

        self.assertEqual("hello", message.body)
        message.delete()
        queue.reload()
        self.assertEqual("0", queue.attributes["ApproximateNumberOfMessagesNotVisible"])


if __name__ == "__main__":
    print("boto3", boto3.__version__, "speaks", owner.meta.service_model.metadata["protocol"], flush=True)
    unittest.main(verbosity=2, warnings="ignore")  # boto3 leaves its connections to the garbage collector
