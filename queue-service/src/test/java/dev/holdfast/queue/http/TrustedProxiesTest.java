package dev.holdfast.queue.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.api.Transport;
import dev.holdfast.queue.http.signature.SignedRequests;
import dev.holdfast.queue.policy.IpRange;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private static final String CLIENT = "203.0.113.7";
    private static final String PROXY = "10.0.0.1";

    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "2001:db8::1"));

    @Test
    void anybodyElseIsNotBelieved() {
        assertThat(transport(CLIENT, false, "X-Forwarded-For", "127.0.0.1", "X-Forwarded-Proto", "https"))
                .isEqualTo(new Transport(address(CLIENT), false));
    }

    @Test
    void theLastAddressThatIsNoTrustedProxyIsTheClients() {
        assertThat(transport(PROXY, false, "X-Forwarded-For", "127.0.0.1, " + CLIENT + ", 10.2.3.4")
                        .source())
                .isEqualTo(address(CLIENT));
        assertThat(transport(PROXY, false, "X-Forwarded-For", "127.0.0.1", "X-Forwarded-For", CLIENT)
                        .source())
                .isEqualTo(address(CLIENT));
        assertThat(transport("2001:db8::1", false, "X-Forwarded-For", "2001:db8::2")
                        .source())
                .isEqualTo(address("2001:db8::2"));
        assertThat(transport(PROXY, false, "X-Forwarded-For", CLIENT + ", unknown")
                        .source())
                .isEqualTo(address(PROXY));
        assertThat(transport(PROXY, false).source()).isEqualTo(address(PROXY));
    }

    @Test
    void aTrustedProxySaysWhetherItWasReachedOverTls() {
        assertThat(transport(PROXY, false, "X-Forwarded-Proto", "https").secure())
                .isTrue();
        assertThat(transport(PROXY, true, "X-Forwarded-Proto", "http").secure()).isFalse();
        assertThat(transport(PROXY, false, "X-Forwarded-Proto", "https, http").secure())
                .isFalse();
        assertThat(transport(PROXY, true).secure()).isTrue();
    }

    @Test
    void whatIsNoAddressIsRefusedAtTheStart() {
        for (String wrong : List.of("proxy.example", "10.0.0.0/33", "10.0.0", "", "10.0.0.1/")) {
            assertThatThrownBy(() -> new TrustedProxies(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("holdfast.trusted-proxies");
        }
    }

    private Transport transport(String peer, boolean secure, String... headers) {
        return proxies.transport(address(peer), secure, SignedRequests.headers(headers));
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(IpRange.address(text));
    }
}
