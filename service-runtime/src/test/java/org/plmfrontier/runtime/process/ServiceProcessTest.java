package org.plmfrontier.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {
    @Test
    void whatIsMissingIsOneLine() {
        assertThat(printed(new IllegalStateException("outside", new ConnectException("kafka:9092 refused"))))
                .isEqualTo("a-service does not start: kafka:9092 refused\n");
    }

    @Test
    void aFaultOfTheProgramSaysWhere() {
        assertThat(printed(new IllegalStateException(new IndexOutOfBoundsException("Index 3 out of bounds"))))
                .startsWith("a-service does not start: Index 3 out of bounds\n")
                .contains("at " + ServiceProcessTest.class.getName());
        assertThat(printed(new UnsatisfiedLinkError("no libtorch"))).doesNotContain("\tat ");
    }

    private static String printed(Throwable failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ServiceProcess.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), "a-service", failure);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
