package org.landgrant.profiles;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.landgrant.grants.BookException;
import org.landgrant.grants.PreferenceBook;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Asking;
import org.landgrant.grants.Preferences.Keeping;
import org.landgrant.grants.Preferences.Language;
import org.landgrant.grants.Preferences.Motion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Preferences as a small file of names and values, {@code settings.properties}. Each value that makes no sense
 * counts as not chosen, so a damaged file never keeps anybody from their windows; it is replaced by the next
 * choice. Always written whole, beside the old one, and moved into its place.
 */
public final class PreferenceFile implements PreferenceBook {
    private static final Logger LOG = LoggerFactory.getLogger(PreferenceFile.class);
    private static final String NAME = "settings.properties";

    /** Far more than it ever has. */
    private static final long LARGEST = 65_536;

    private final Path file;

    /** @param folder exists; only this user reaches it */
    public PreferenceFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    @Override
    public synchronized Preferences now() {
        Properties read = new Properties();
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                read.load(new StringReader(Files.readString(file)));
            }
        } catch (NoSuchFileException none) {
            return Preferences.USUAL;
        } catch (CharacterCodingException | IllegalArgumentException damaged) {
            LOG.warn("The settings are damaged, so the usual ones hold.");
            return Preferences.USUAL;
        } catch (IOException unreadable) {
            LOG.warn("The settings cannot be read, so the usual ones hold: {}", unreadable.getMessage());
            return Preferences.USUAL;
        }
        Preferences usual = Preferences.USUAL;
        return new Preferences(
                one(Appearance.class, read, "appearance", usual.appearance()),
                percent(read.getProperty("text-percent", "")),
                one(Motion.class, read, "motion", usual.motion()),
                one(Language.class, read, "language", usual.language()),
                one(Asking.class, read, "asking", usual.asking()),
                one(Keeping.class, read, "keeping", usual.keeping()),
                "true".equals(read.getProperty("welcomed")));
    }

    @Override
    public synchronized void put(Preferences preferences) {
        String text = "appearance=" + word(preferences.appearance())
                + "\ntext-percent=" + preferences.textPercent()
                + "\nmotion=" + word(preferences.motion())
                + "\nlanguage=" + word(preferences.language())
                + "\nasking=" + word(preferences.asking())
                + "\nkeeping=" + word(preferences.keeping())
                + "\nwelcomed=" + preferences.welcomed() + "\n";
        try {
            write(text);
        } catch (IOException failure) {
            throw new BookException("Your choice could not be kept in " + file + ".", failure);
        }
    }

    private void write(String text) throws IOException {
        Path draft = Files.createTempFile(
                file.getParent(),
                ".settings-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static <E extends Enum<E>> E one(Class<E> kind, Properties read, String name, E usual) {
        String value = read.getProperty(name, "").strip();
        for (E each : kind.getEnumConstants()) {
            if (word(each).equals(value)) {
                return each;
            }
        }
        return usual;
    }

    private static int percent(String value) {
        try {
            int percent = Integer.parseInt(value.strip());
            return Math.clamp(percent, Preferences.SMALLEST_TEXT, Preferences.LARGEST_TEXT);
        } catch (NumberFormatException none) {
            return Preferences.USUAL.textPercent();
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
