package dev.holdfast.clients;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.sqs.javamessaging.ProviderConfiguration;
import com.amazon.sqs.javamessaging.SQSConnectionFactory;
import com.amazon.sqs.javamessaging.SQSSession;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The Amazon SQS Java Messaging Library: JMS over SQS. It creates no queue that needs attributes and knows neither tags nor permissions;
 * where a test needs those, it has an SDK client beside.
 */
@ExtendWith(QueueService.Running.class)
class JmsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SqsClient sqs;
    private Connection connection;

    @BeforeEach
    void connect(QueueService server) throws JMSException {
        sqs = server.client(Account.OWNER);
        // Without prefetching, what a test has not received stays in the queue, and closing waits for no parked poll.
        connection = connect(0);
        connection.start();
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
        sqs.close();
    }

    private Connection connect(int prefetched) throws JMSException {
        return new SQSConnectionFactory(new ProviderConfiguration().withNumberOfMessagesToPrefetch(prefetched), sqs)
                .createConnection();
    }

    private String createQueue(String suffix, Map<QueueAttributeName, String> attributes) {
        String name = "jms-" + UUID.randomUUID() + suffix;
        sqs.createQueue(queue -> queue.queueName(name).attributes(attributes));
        return name;
    }

    private String createQueue() {
        return createQueue("", Map.of());
    }

    private String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    private String attribute(String queue, QueueAttributeName name) {
        return Objects.requireNonNull(
                sqs.getQueueAttributes(request -> request.queueUrl(url(queue)).attributeNames(name))
                        .attributes()
                        .get(name));
    }

    /** Waiting and in flight. */
    private int stock(String queue) {
        return Integer.parseInt(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                + Integer.parseInt(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private static void send(Session session, String queue, String... bodies) throws JMSException {
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        for (String body : bodies) {
            producer.send(session.createTextMessage(body));
        }
    }

    private static Message receive(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receive(PATIENCE.toMillis());
        assertThat(message).as("a message within %s", PATIENCE).isNotNull();
        return message;
    }

    private static List<String> receiveBodies(MessageConsumer consumer, int count) throws JMSException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(((TextMessage) receive(consumer)).getText());
        }
        return bodies;
    }

    @Test
    void messagesOfEveryTypeArriveWithTheirPropertiesAndAreAcknowledged() throws JMSException {
        String queue = createQueue();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        TextMessage text = session.createTextMessage("Grüße & <Küsse>");
        text.setStringProperty("city", "Zürich");
        text.setIntProperty("count", 7);
        text.setBooleanProperty("urgent", true);
        text.setDoubleProperty("price", 12.5);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[] {0, 1, -2, -1});

        producer.send(text);
        producer.send(bytes);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of(1, 2, 3))));

        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        TextMessage receivedText = (TextMessage) receive(consumer);
        assertThat(receivedText.getText()).isEqualTo("Grüße & <Küsse>");
        assertThat(receivedText.getJMSMessageID()).isEqualTo(text.getJMSMessageID());
        assertThat(receivedText.getStringProperty("city")).isEqualTo("Zürich");
        assertThat(receivedText.getIntProperty("count")).isEqualTo(7);
        assertThat(receivedText.getBooleanProperty("urgent")).isTrue();
        assertThat(receivedText.getDoubleProperty("price")).isEqualTo(12.5);
        assertThat(receivedText.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
        BytesMessage receivedBytes = (BytesMessage) receive(consumer);
        byte[] content = new byte[(int) receivedBytes.getBodyLength()];
        receivedBytes.readBytes(content);
        assertThat(content).containsExactly(0, 1, -2, -1);
        assertThat(((ObjectMessage) receive(consumer)).getObject()).isEqualTo(List.of(1, 2, 3));
        assertThat(stock(queue)).isZero();
    }

    @Test
    void listenerIsCalledForWhatIsSentLater() throws JMSException {
        String queue = createQueue();
        Session sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Connection listening = connect(1);
        List<String> heard = new CopyOnWriteArrayList<>();
        Session session = listening.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(session.createQueue(queue)).setMessageListener(message -> heard.add(text(message)));
        listening.start();

        send(sending, queue, "one");
        await("the first is heard").untilAsserted(() -> assertThat(heard).containsExactly("one"));
        send(sending, queue, "two");
        await("both are heard").untilAsserted(() -> assertThat(heard).containsExactly("one", "two"));
        await("both are deleted").untilAsserted(() -> assertThat(stock(queue)).isZero());

        // A connection ends when its poll does: one more message ends that. It is given back, since nobody heard it.
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(listening));
        await("the listening connection is closed").until(() -> {
            send(sending, queue, "last");
            return closed.isDone();
        });
        assertThat(closed).isCompleted();
    }

    @Test
    void producerWakesAConsumerThatWaits() throws Exception {
        String queue = createQueue();
        Session sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        CompletableFuture<List<String>> received = CompletableFuture.supplyAsync(() -> {
            try {
                return receiveBodies(consumer, 1);
            } catch (JMSException failed) {
                throw new IllegalStateException(failed);
            }
        });

        send(sending, queue, "wake up");

        assertThat(received).succeedsWithin(Duration.ofSeconds(15)).isEqualTo(List.of("wake up"));
    }

    @Test
    void clientAcknowledgeTakesWhatWasReceivedBeforeToo() throws JMSException {
        String queue = createQueue();
        Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        send(session, queue, "1", "2", "3");
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        receive(consumer);
        Message second = receive(consumer);
        receive(consumer);

        second.acknowledge();

        assertThat(stock(queue)).isEqualTo(1);
        session.recover();
        assertThat(receiveBodies(consumer, 1)).containsExactly("3");
    }

    @Test
    void unorderedAcknowledgeTakesOneMessageAlone() throws JMSException {
        String queue = createQueue();
        Session session = connection.createSession(false, SQSSession.UNORDERED_ACKNOWLEDGE);
        send(session, queue, "1", "2", "3");
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        receive(consumer);
        Message second = receive(consumer);
        receive(consumer);

        second.acknowledge();

        assertThat(stock(queue)).isEqualTo(2);
        session.recover();
        assertThat(receiveBodies(consumer, 2)).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void whatIsNotAcknowledgedIsRedeliveredAndInTheEndADeadLetter() throws JMSException {
        String deadLetterQueue = createQueue();
        String queue = createQueue(
                "",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}"
                                .formatted(attribute(deadLetterQueue, QueueAttributeName.QUEUE_ARN))));
        Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        send(session, queue, "poison");
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));

        Message first = receive(consumer);
        assertThat(first.getJMSRedelivered()).isFalse();
        session.recover();
        Message second = receive(consumer);
        assertThat(second.getJMSRedelivered()).isTrue();
        assertThat(second.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
        session.recover();

        MessageConsumer letters = session.createConsumer(session.createQueue(deadLetterQueue));
        assertThat(receiveBodies(letters, 1)).containsExactly("poison");
        assertThat(stock(queue)).isZero();
    }

    @Test
    void groupsOfAFifoQueueKeepTheirOrderThroughARedelivery() throws JMSException {
        String queue = createQueue(".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        List<String> sequence = new ArrayList<>();
        for (String body : List.of("1", "2", "2", "3")) {
            TextMessage message = session.createTextMessage(body);
            message.setStringProperty("JMSXGroupID", "group");
            message.setStringProperty("JMS_SQS_DeduplicationId", "id-" + body);
            producer.send(message);
            sequence.add(message.getStringProperty("JMS_SQS_SequenceNumber"));
        }
        assertThat(sequence)
                .as("the duplicate has the number of its original")
                .isSorted()
                .element(2)
                .isEqualTo(sequence.get(1));

        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        receive(consumer).acknowledge();
        receive(consumer);
        session.recover();
        Message again = receive(consumer);
        assertThat(((TextMessage) again).getText()).isEqualTo("2");
        assertThat(again.getStringProperty("JMSXGroupID")).isEqualTo("group");
        assertThat(again.getStringProperty("JMS_SQS_SequenceNumber")).isEqualTo(sequence.get(1));
        assertThat(again.getJMSRedelivered()).isTrue();
        again.acknowledge();
        assertThat(receiveBodies(consumer, 1)).containsExactly("3");
    }

    @Test
    void queueThatDoesNotExistIsAnInvalidDestination() throws JMSException {
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);

        assertThatThrownBy(() -> session.createQueue("jms-missing")).isInstanceOf(InvalidDestinationException.class);
    }

    private static String text(Message message) {
        try {
            return ((TextMessage) message).getText();
        } catch (JMSException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
