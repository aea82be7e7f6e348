package org.landgrant.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text with holes like {@code @NAME@}. */
record Template(String text) {
    /** One that lies beside this class. */
    static Template read(String name) {
        try (InputStream stream = Template.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not beside the code");
            }
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same with that hole filled. */
    Template fill(String name, String words) {
        String hole = "@" + name + "@";
        if (!text.contains(hole)) {
            throw new IllegalStateException("there is no hole " + hole);
        }
        return new Template(text.replace(hole, words));
    }
}
