package dev.holdfast.kit.sqs;

import dev.holdfast.kit.http.Loopback;
import dev.holdfast.kit.start.StartRefusedException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** Where the credentials come from that requests are signed with. */
final class Credentials {
    private Credentials() {}

    /** Refuses half a pair of credentials: the SDK would go on to the next source without a word. */
    static void refuseHalf() {
        refuseHalf("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", System::getenv);
        refuseHalf("aws.accessKeyId", "aws.secretAccessKey", System::getProperty);
    }

    private static void refuseHalf(String id, String secret, UnaryOperator<@Nullable String> setting) {
        boolean hasId = isSet(setting.apply(id));
        boolean hasSecret = isSet(setting.apply(secret));
        if (hasId != hasSecret) {
            throw new StartRefusedException(
                    (hasId ? id : secret) + " is set, but " + (hasId ? secret : id) + " is not; set both, or neither");
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /**
     * An https address elsewhere may be one of Amazon's, where the SDK's whole search is wanted. Other servers want some signature and
     * check none unless they were given credentials, which are then found here too. They are not looked for in the metadata of a cloud
     * host, which takes seconds to fail where there is none.
     */
    static AwsCredentialsProvider of(URI endpoint) {
        boolean mayBeAmazon =
                "https".equalsIgnoreCase(endpoint.getScheme()) && !Loopback.isHost(String.valueOf(endpoint.getHost()));
        return mayBeAmazon
                ? DefaultCredentialsProvider.builder().build()
                : AwsCredentialsProviderChain.of(
                        SystemPropertyCredentialsProvider.create(),
                        EnvironmentVariableCredentialsProvider.create(),
                        ProfileCredentialsProvider.create(),
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("holdfast", "holdfast")));
    }
}
