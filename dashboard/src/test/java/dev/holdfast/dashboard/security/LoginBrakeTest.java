package dev.holdfast.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
    private static final String ONE = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final LoginBrake brake = new LoginBrake();
    private long nowNanos = System.nanoTime();

    @Test
    void oneAddressGuessesFiveTimesAtOnceAndThenOnceInTwoSeconds() {
        assertThat(guesses(ONE, 100)).isEqualTo(5);
        assertThat(brake.wait(ONE, nowNanos)).contains(Duration.ofSeconds(2));

        pass(Duration.ofSeconds(10));

        assertThat(guesses(ONE, 100)).isEqualTo(5);
        pass(Duration.ofSeconds(6));
        assertThat(guesses(ONE, 100)).isEqualTo(3);
    }

    @Test
    void guessesOfOneAddressDoNotHoldUpAnother() {
        for (int second = 0; second < 60; second++) {
            guesses(ONE, 100);
            pass(Duration.ofSeconds(1));
        }

        assertThat(brake.wait(OTHER, nowNanos)).isEmpty();
    }

    @Test
    void manyAddressesGuessFourTimesASecondTogether() {
        int guesses = 0;
        for (int address = 0; address < 200; address++) {
            guesses += guesses("198.51.100." + address, 5);
        }
        assertThat(guesses).isEqualTo(20);
        pass(Duration.ofSeconds(2));

        assertThat(guesses(OTHER, 5) + guesses("2001:db8::1", 5)).isEqualTo(8);
    }

    @Test
    void anAddressOfIpv6IsItsNetwork() {
        assertThat(guesses("2001:db8:0:1::1", 3) + guesses("2001:db8:0:1:ffff::2", 3))
                .isEqualTo(5);
        assertThat(guesses("2001:db8:0:2::1", 3)).isEqualTo(3);
    }

    @Test
    void aRightPasswordCostsNothing() {
        for (int pupil = 0; pupil < 40; pupil++) {
            assertThat(brake.wait(ONE, nowNanos)).isEmpty();
            brake.right(ONE);
        }
    }

    private int guesses(String address, int tried) {
        int allowed = 0;
        for (int i = 0; i < tried; i++) {
            allowed += brake.wait(address, nowNanos).isEmpty() ? 1 : 0;
        }
        return allowed;
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }
}
