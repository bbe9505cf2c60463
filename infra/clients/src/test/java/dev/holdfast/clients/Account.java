package dev.holdfast.clients;

/** Who the server of these tests knows. */
enum Account {
    /** Owns the queues. */
    OWNER("AKOWNER", "owners-secret", "000000000000"),
    /** May do what a queue's policy permits. */
    GUEST("AKGUEST", "guests-secret", "111122223333");

    final String accessKeyId;
    final String secretAccessKey;
    final String number;

    Account(String accessKeyId, String secretAccessKey, String number) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.number = number;
    }
}
