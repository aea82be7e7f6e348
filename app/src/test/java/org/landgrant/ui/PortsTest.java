package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.landgrant.prompts.Words;

class PortsTest {
    private final Words words = new Words(Locale.ENGLISH);

    @Test
    void portsMayBeSeparatedAsOneLikes() {
        assertEquals(new Ports.Read.Good(Set.of(80, 443, 8080)), Ports.read(" 80,443 ; 8080,", words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "0", "65536", "-1", "80-90", "http", "８０", "99999999999999"})
    void whatIsNoPortIsExplained(String text) {
        assertInstanceOf(Ports.Read.Bad.class, Ports.read(text, words));
    }

    @Test
    void theSentenceNamesWhatIsWrong() {
        assertEquals(
                new Ports.Read.Bad("“http” is not a port. Ports are numbers from 1 to 65535."),
                Ports.read("80 http", words));
    }

    @Test
    void thereIsALimit() {
        String many = IntStream.rangeClosed(1, Ports.MOST + 1)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        assertInstanceOf(Ports.Read.Bad.class, Ports.read(many, words));
    }
}
