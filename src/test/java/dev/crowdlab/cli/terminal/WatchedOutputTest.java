package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {

    @Test
    void whateverIsLostIsRemembered() {
        assertThat(afterFailure("No space left on device").loss()).contains("No space left on device");
        assertThat(afterFailure(null).loss()).contains("null");
    }

    @Test
    void aReaderThatHasSeenEnoughLosesNothing() {
        assertThat(afterFailure("Broken pipe").loss()).isEmpty();
    }

    private static WatchedOutput afterFailure(@Nullable String message) {
        WatchedOutput output = new WatchedOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        });
        assertThatThrownBy(() -> output.write('x')).hasMessage(message);
        return output;
    }
}
