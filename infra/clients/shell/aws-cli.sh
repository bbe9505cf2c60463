#!/usr/bin/env bash
# The AWS CLI against queue-service: aws-cli.sh [PATH-OF-AWS]. A call costs the start of a Python interpreter, so each topic has few, and
# the topics run side by side.
set -uo pipefail

aws=${1:-aws}
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT

sqs() { # ACTION ARGUMENT...
  "$aws" --endpoint-url "$SQS_ENDPOINT" --output text sqs "$@"
}

as_guest() {
  AWS_ACCESS_KEY_ID=$GUEST_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY=$GUEST_SECRET_ACCESS_KEY sqs "$@"
}

fail() {
  echo "$*" >&2
  exit 1
}

equal() { # WHAT EXPECTED ACTUAL
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

refused() { # CODE COMMAND...
  local code=$1 answer
  shift
  if answer=$("$@" 2>&1); then fail "$* should be refused with $code, answered: $answer"; fi
  case $answer in *"($code)"*) ;; *) fail "$* should be refused with $code, answered: $answer" ;; esac
}

create() { # NAME ATTRIBUTES
  sqs create-queue --queue-name "$1" --attributes "$2" --query QueueUrl || fail "create-queue $1"
}

receive() { # URL ARGUMENT...
  local url=$1
  shift
  sqs receive-message --queue-url "$url" --max-number-of-messages 10 "$@"
}

arn() {
  sqs get-queue-attributes --queue-url "$1" --attribute-names QueueArn --query Attributes.QueueArn
}

topic_messages() {
  local url body md5 handle
  url=$(create "$run-messages" VisibilityTimeout=45) || exit 1
  equal 'the URL by name' "$url" "$(sqs get-queue-url --queue-name "$run-messages")"
  body='Grüße & <Küsse>'
  md5=$(printf %s "$body" | md5sum)
  md5=${md5%% *}
  equal 'the MD5 of the body' "$md5" "$(sqs send-message --queue-url "$url" --message-body "$body" --query MD5OfMessageBody \
    --message-attributes 'city={DataType=String,StringValue=Zürich},price={DataType=Number.float,StringValue=12.50}')"
  equal 'the message' "$body	$md5	Zürich	Number.float" \
    "$(receive "$url" --message-attribute-names All --visibility-timeout 0 \
      --query 'Messages[].[Body,MD5OfBody,MessageAttributes.city.StringValue,MessageAttributes.price.DataType]')"
  handle=$(receive "$url" --query 'Messages[].ReceiptHandle')
  sqs delete-message --queue-url "$url" --receipt-handle "$handle" || fail 'delete-message'
  equal 'the queue after the deletion' None "$(receive "$url" --query Messages)"
  sqs delete-queue --queue-url "$url" || fail 'delete-queue'
  refused AWS.SimpleQueueService.NonExistentQueue sqs get-queue-url --queue-name "$run-messages"
}

topic_batch_and_purge() {
  local url
  url=$(create "$run-batch" MaximumMessageSize=1024) || exit 1
  equal 'the batch' "a b|large InvalidParameterValue" \
    "$(sqs send-message-batch --queue-url "$url" --entries \
      "[{\"Id\":\"a\",\"MessageBody\":\"1\"},{\"Id\":\"b\",\"MessageBody\":\"2\"},{\"Id\":\"large\",\"MessageBody\":\"$(printf '%2000s' x)\"}]" \
      --query "join('|', [join(' ', Successful[].Id), join(' ', Failed[].[Id, Code][])])")"
  equal 'the messages' '1 2' "$(receive "$url" --visibility-timeout 0 --query "join(' ', Messages[].Body)")"
  sqs purge-queue --queue-url "$url" || fail 'purge-queue'
  equal 'the queue after the purge' None "$(receive "$url" --query Messages)"
}

topic_fifo() {
  local url first
  url=$(create "$run.fifo" FifoQueue=true,ContentBasedDeduplication=true) || exit 1
  send() { sqs send-message --queue-url "$url" --message-group-id "$1" --message-body "$2" --query MessageId; }
  first=$(send g 1)
  send g 2 >/dev/null
  equal 'the id of a duplicate' "$first" "$(send g 1)"
  equal 'the order in a group' '1 2' "$(receive "$url" --query "join(' ', Messages[].Body)")"
}

topic_dead_letters() {
  local dlq dlq_arn source answer deadline status
  dlq=$(create "$run-dlq" VisibilityTimeout=30) || exit 1
  dlq_arn=$(arn "$dlq")
  source=$(create "$run-source" "{\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"$dlq_arn\\\",\\\"maxReceiveCount\\\":1}\"}") || exit 1
  sqs send-message --queue-url "$source" --message-body poison >/dev/null || fail 'send-message'
  equal 'the message' poison "$(receive "$source" --visibility-timeout 0 --query 'Messages[].Body')"
  equal 'the dead letter' poison "$(receive "$dlq" --wait-time-seconds 20 --visibility-timeout 0 --query 'Messages[].Body')"
  equal 'the sources of the dead-letter queue' "$source" "$(sqs list-dead-letter-source-queues --queue-url "$dlq" --query queueUrls)"
  if ! answer=$(sqs start-message-move-task --source-arn "$dlq_arn" 2>&1); then
    case $answer in
      *'Invalid choice'*)
        echo 'without redrive: this AWS CLI is older than start-message-move-task'
        return
        ;;
      *) fail "start-message-move-task: $answer" ;;
    esac
  fi
  equal 'the message that came back' poison "$(receive "$source" --wait-time-seconds 20 --query 'Messages[].Body')"
  deadline=$((SECONDS + 60))
  until status=$(sqs list-message-move-tasks --source-arn "$dlq_arn" --query 'Results[].[Status,ApproximateNumberOfMessagesMoved]') \
    && [ "$status" = 'COMPLETED	1' ]; do
    [ $SECONDS -lt $deadline ] || fail "the move task: $status"
  done
}

topic_tags_and_permissions() {
  local url
  url=$(create "$run-shared" VisibilityTimeout=30) || exit 1
  sqs tag-queue --queue-url "$url" --tags team=prices,stage=test || fail 'tag-queue'
  sqs untag-queue --queue-url "$url" --tag-keys stage || fail 'untag-queue'
  equal 'the tags' prices "$(sqs list-queue-tags --queue-url "$url" --query 'values(Tags)')"
  refused AccessDenied as_guest send-message --queue-url "$url" --message-body guest
  sqs add-permission --queue-url "$url" --label guest --aws-account-ids "$GUEST_ACCOUNT" --actions SendMessage || fail 'add-permission'
  as_guest send-message --queue-url "$url" --message-body guest >/dev/null || fail 'the guest may not send in spite of its permission'
  sqs remove-permission --queue-url "$url" --label guest || fail 'remove-permission'
  refused AccessDenied as_guest send-message --queue-url "$url" --message-body guest
  equal 'what the guest sent' guest "$(receive "$url" --query 'Messages[].Body')"
}

topic_long_poll() {
  local url poll sent
  url=$(create "$run-poll" ReceiveMessageWaitTimeSeconds=20) || exit 1
  receive "$url" --query 'Messages[].Body' >"$output/polled" &
  poll=$!
  sqs send-message --queue-url "$url" --message-body 'wake up' >/dev/null || fail 'send-message'
  sent=$SECONDS
  wait "$poll" || fail 'receive-message'
  [ $((SECONDS - sent)) -lt 15 ] || fail 'the poll waited for its whole time'
  equal 'what the poll got' 'wake up' "$(cat "$output/polled")"
}

"$aws" --version || exit 1
run=cli-$$-$RANDOM
failed=0
topics='messages batch_and_purge fifo dead_letters tags_and_permissions long_poll'
declare -A jobs
for topic in $topics; do
  (topic_"$topic") >"$output/$topic" 2>&1 &
  jobs[$topic]=$!
done
for topic in $topics; do
  if wait "${jobs[$topic]}"; then verdict=ok; else verdict=FAILED failed=1; fi
  echo "$topic: $verdict"
  sed 's/^/  /' "$output/$topic"
done
exit $failed
