package org.landgrant.grants;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may be granted. The text form ({@link #text()}, {@link #parse}) is the same in the database,
 * in templates and on the command line.
 */
public sealed interface Resource {

    /** One of the person's own folders, by meaning: {@code folder:documents}. */
    record Folder(UserFolder folder) implements Resource {
        @Override
        public String text() {
            return "folder:" + folder.word();
        }
    }

    /**
     * A folder or file: {@code place:/srv/music}.
     *
     * @param path absolute, or beginning with {@code ~}, {@code $XDG_CONFIG_HOME}, {@code
     *     $XDG_DATA_HOME}, {@code $XDG_CACHE_HOME}, {@code $XDG_STATE_HOME} or {@code
     *     $XDG_RUNTIME_DIR}; without {@code .}, {@code ..}, empty parts or a trailing slash; below
     *     4,096 characters and without NUL
     */
    record Place(String path) implements Resource {
        private static final Pattern START = Pattern.compile(
                "(?:~|\\$XDG_(?:CONFIG_HOME|DATA_HOME|CACHE_HOME|STATE_HOME|RUNTIME_DIR))?(?:/.*)?", Pattern.DOTALL);

        public Place {
            if (path.isEmpty()
                    || path.length() >= 4096
                    || path.indexOf('\0') >= 0
                    || !START.matcher(path).matches()) {
                throw new IllegalArgumentException("a place is an absolute path below 4,096 characters");
            }
            if (!path.equals("/")) {
                for (String part : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
                    if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                        throw new IllegalArgumentException("a place has no empty, '.' or '..' parts");
                    }
                }
            }
        }

        @Override
        public String text() {
            return "place:" + path;
        }
    }

    /** One TCP port: {@code tcp:443}. Ports only; the kernel cannot tell servers apart. */
    record TcpPort(int port) implements Resource {
        public TcpPort {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is a number from 0 to 65535");
            }
        }

        @Override
        public String text() {
            return "tcp:" + port;
        }
    }

    /** Every TCP port: {@code tcp:any}. */
    record AnyTcpPort() implements Resource {
        @Override
        public String text() {
            return "tcp:any";
        }
    }

    /**
     * UDP with anybody: {@code udp:any}. Finding servers by name and the faster web need it. There is only all of it:
     * few kernels tell its ports apart, and sending from receiving nobody can; its one access is connecting.
     */
    record AnyUdpPort() implements Resource {
        @Override
        public String text() {
            return "udp:any";
        }
    }

    /**
     * A name on the session bus: {@code bus:org.freedesktop.Notifications}. Using it means talking to the program
     * that has it, listening means having it oneself.
     *
     * @param name as {@link BusNames} has it
     */
    record BusName(String name) implements Resource {
        public BusName {
            BusNames.require(name);
        }

        /** Whether this stands for that one, too: a name for itself, one with a star also for all below it. */
        public boolean covers(BusName other) {
            if (!name.endsWith(".*")) {
                return name.equals(other.name);
            }
            String start = name.substring(0, name.length() - 2);
            return other.name.equals(start) || other.name.startsWith(start + ".");
        }

        @Override
        public String text() {
            return "bus:" + name;
        }
    }

    /** A kind of device: {@code device:gpu}. */
    record OfDevice(Device device) implements Resource {
        @Override
        public String text() {
            return "device:" + device.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A service of the desktop: {@code service:x11}. */
    record OfService(Service service) implements Resource {
        @Override
        public String text() {
            return "service:" + service.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The one spelling of this resource in files, database and on the command line. */
    String text();

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException with a sentence for people when it is no resource
     */
    static Resource parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "folder" ->
                new Folder(UserFolder.ofWord(rest)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no folder called \"" + rest + "\"; there are " + UserFolder.words())));
            case "place" -> new Place(rest);
            case "tcp" -> rest.equals("any") ? new AnyTcpPort() : new TcpPort(port(rest));
            case "udp" -> anyUdp(rest);
            case "bus" -> new BusName(rest);
            case "device" -> new OfDevice(constant(Device.class, rest));
            case "service" -> new OfService(constant(Service.class, rest));
            default ->
                throw new IllegalArgumentException(
                        "a resource begins with folder:, place:, tcp:, udp:, device:, service: or bus:");
        };
    }

    private static Resource anyUdp(String rest) {
        if (!rest.equals("any")) {
            throw new IllegalArgumentException("of UDP there is only udp:any, because ports are not told apart");
        }
        return new AnyUdpPort();
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static <E extends Enum<E>> E constant(Class<E> kind, String word) {
        for (E value : kind.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "there is no " + kind.getSimpleName().toLowerCase(Locale.ROOT) + " called \"" + word + "\"");
    }
}
