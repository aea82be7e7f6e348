package org.landgrant.kernel;

import java.nio.file.Path;
import java.util.List;

/**
 * Where trials are tried: everything they reach for is really there.
 *
 * @param folder has {@code granted/file}, {@code kept/file} and the listening socket {@code kept/socket}; at
 *     most 80 bytes of ASCII
 * @param tcpPort of this computer; somebody listens there
 * @param udpPort of this computer; somebody receives there
 * @param target number of a running process outside
 * @param abstractName name of an abstract socket that somebody listens on
 * @param bus path of the session bus's socket; empty when there is none with a path
 */
public record TrialStage(Path folder, int tcpPort, int udpPort, long target, String abstractName, String bus) {
    /** What may be read. */
    public Path granted() {
        return folder.resolve("granted");
    }

    /** What may not be reached at all. */
    public Path kept() {
        return folder.resolve("kept");
    }

    /** As the words of a command line. */
    public List<String> words() {
        return List.of(
                folder.toString(),
                String.valueOf(tcpPort),
                String.valueOf(udpPort),
                String.valueOf(target),
                abstractName,
                bus);
    }

    /** The reverse of {@link #words}. */
    static TrialStage of(List<String> words) {
        return new TrialStage(
                Path.of(words.get(0)),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                Long.parseLong(words.get(3)),
                words.get(4),
                words.get(5));
    }
}
