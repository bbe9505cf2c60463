package dev.holdfast.queue.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.config.Credentials;
import dev.holdfast.queue.http.signature.SignedRequests;
import dev.holdfast.queue.wire.HttpMessage;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
    private static final String OWNER = "000000000000";
    private static final HttpMessage UNSIGNED =
            new HttpMessage("POST", "/", null, SignedRequests.headers("Host", "localhost"), new byte[0]);

    private record Given(String accessKeyId, String secretAccessKey, String account)
            implements Credentials.Credential {}

    @Test
    void onLoopbackWithoutCredentialsEverybodyIsTheOwner() {
        for (String address : new String[] {"127.0.0.1", "localhost", "::1", "127.1.2.3"}) {
            Authentication open = authentication(Map.of(), Optional.empty(), address);
            assertThat(open.accountOf(UNSIGNED)).isEqualTo(OWNER);
            assertThat(open.isRequired()).isFalse();
        }
    }

    @Test
    void anotherAddressNeedsCredentialsOrTheExplicitWord() {
        assertThatThrownBy(() -> authentication(Map.of(), Optional.empty(), "0.0.0.0"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holdfast.credentials")
                .hasMessageContaining("holdfast.auth=none");

        assertThat(authentication(Map.of(), Optional.of("none"), "0.0.0.0").accountOf(UNSIGNED))
                .isEqualTo(OWNER);
        Map<String, Credentials.Credential> credentials = Map.of("a", new Given("AK", "secret", "111111111111"));
        assertThat(authentication(credentials, Optional.empty(), "0.0.0.0").accountOf(UNSIGNED))
                .isEqualTo(Call.ANONYMOUS);
    }

    @Test
    void withCredentialsAnUnsignedCallerIsAnonymousOnLoopbackToo() {
        Map<String, Credentials.Credential> credentials = Map.of("a", new Given("AK", "secret", "111111111111"));

        Authentication closed = authentication(credentials, Optional.empty(), "127.0.0.1");

        assertThat(closed.isRequired()).isTrue();
        assertThat(closed.accountOf(UNSIGNED)).isEqualTo(Call.ANONYMOUS);
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        Credentials.Credential good = new Given("AK", "secret", "111111111111");

        assertThatThrownBy(() -> authentication(Map.of("a", good), Optional.of("none"), "127.0.0.1"))
                .hasMessageContaining("contradicts");
        assertThatThrownBy(() -> authentication(Map.of(), Optional.of("off"), "127.0.0.1"))
                .hasMessageContaining("\"none\"");
        assertThatThrownBy(() -> authentication(Map.of("a", good, "b", good), Optional.empty(), "127.0.0.1"))
                .hasMessageContaining("access-key-id");
        assertThatThrownBy(() -> authentication(Map.of("a", new Given("AK", "s", "1")), Optional.empty(), "127.0.0.1"))
                .hasMessageContaining("holdfast.credentials.a.account")
                .hasMessageNotContaining("AK");
    }

    @Test
    void theOwnersAccountIsTwelveDigits() {
        for (String account : new String[] {"", "1", "00000000000a", "0000000000000", "٠٠٠٠٠٠٠٠٠٠٠٠"}) {
            assertThatThrownBy(() -> new Authentication(
                            account, "us-east-1", Map::of, Optional.empty(), "127.0.0.1", () -> Instant.EPOCH))
                    .as(account)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("holdfast.account must be twelve digits");
        }
    }

    private static Authentication authentication(
            Map<String, Credentials.Credential> credentials, Optional<String> auth, String address) {
        return new Authentication(OWNER, "us-east-1", () -> credentials, auth, address, () -> Instant.EPOCH);
    }
}
