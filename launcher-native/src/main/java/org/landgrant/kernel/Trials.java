package org.landgrant.kernel;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Tries what programs may try, by the C library itself, on a {@link TrialStage}. Everything a trial needs is
 * made beforehand; {@link #attempt} only calls, so that it may be called by a thread that can open nothing any
 * more.
 */
final class Trials {
    private static final int O_WRONLY = 1;
    private static final int O_DIRECTORY = 0x10000;
    private static final int O_DIRECTORY_ARM = 0x4000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int LOOPBACK_BYTES = 16;
    private static final int UNIX_PATH = 108;

    private record Address(Pointer bytes, int length) {}

    private final Libc libc;
    private final Runtime runtime;
    private final TrialStage stage;
    private final Pointer grantedFile;
    private final Pointer keptFile;
    private final Pointer keptFolder;
    private final Pointer newFolder;
    private final Address tcp;
    private final Address anyPort;
    private final Address udp;
    private final Address socket;
    private final Address abstractSocket;
    private final Optional<Address> bus;

    Trials(Libc libc, TrialStage stage) {
        this.libc = libc;
        this.runtime = Runtime.getRuntime(libc);
        this.stage = stage;
        grantedFile = text(stage.granted().resolve("file"));
        keptFile = text(stage.kept().resolve("file"));
        keptFolder = text(stage.kept());
        newFolder = text(stage.kept().resolve("new"));
        tcp = loopback(stage.tcpPort());
        anyPort = loopback(0);
        udp = loopback(stage.udpPort());
        socket = unix(stage.kept().resolve("socket").toString());
        abstractSocket = unix("\0" + stage.abstractName());
        bus = stage.bus().isEmpty() ? Optional.empty() : Optional.of(unix(stage.bus()));
    }

    static Libc load() {
        return LibraryLoader.create(Libc.class).load("c");
    }

    /** Listens on the stage's abstract socket until the descriptor is closed; the descriptor, negative on failure. */
    int listenAbstract() {
        int made = libc.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (made >= 0
                && (libc.bind(made, abstractSocket.bytes(), abstractSocket.length()) != 0
                        || libc.listen(made, 16) != 0)) {
            libc.close(made);
            return -1;
        }
        return made;
    }

    /** Whether there is anything to try it on. */
    boolean possible(Trial trial) {
        return trial != Trial.BUS || bus.isPresent();
    }

    /** Tries it and undoes it; 0 when it was done, else the errno of what refused it. */
    int attempt(Trial trial) {
        return switch (trial) {
            case GRANTED -> open(grantedFile, 0);
            case READ -> open(keptFile, 0);
            case LIST -> open(keptFolder, directoryFlag());
            case CHANGE -> open(keptFile, O_WRONLY);
            case MAKE -> make();
            case CUT -> error(libc.truncate(keptFile, 0));
            case CHMOD -> error(libc.chmod(keptFile, 0600));
            case CONNECT -> connect(AF_INET, tcp);
            case LISTEN -> bind();
            case UDP -> send();
            case SOCKET -> connect(AF_UNIX, socket);
            case ABSTRACT_SOCKET -> connect(AF_UNIX, abstractSocket);
            case SIGNAL -> error(libc.kill((int) stage.target(), 0));
            case BUS -> connect(AF_UNIX, bus.orElseThrow());
        };
    }

    /** The errno of a call that answered that. Always asked for, so that its classes are there when they count. */
    private int error(long answer) {
        int error = runtime.getLastError();
        return answer < 0 ? error : 0;
    }

    private int open(Pointer path, int flags) {
        int opened = libc.open(path, flags | O_CLOEXEC, 0);
        int error = error(opened);
        libc.close(opened);
        return error;
    }

    private int make() {
        int error = error(libc.mkdir(newFolder, 0700));
        libc.rmdir(newFolder);
        return error;
    }

    private int connect(int domain, Address address) {
        int made = libc.socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int error = error(made);
        if (error == 0) {
            error = error(libc.connect(made, address.bytes(), address.length()));
        }
        libc.close(made);
        return error;
    }

    private int bind() {
        int made = libc.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int error = error(made);
        if (error == 0) {
            error = error(libc.bind(made, anyPort.bytes(), anyPort.length()));
        }
        libc.close(made);
        return error;
    }

    private int send() {
        int made = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        int error = error(made);
        if (error == 0) {
            error = error(libc.sendto(made, udp.bytes(), 1, 0, udp.bytes(), udp.length()));
        }
        libc.close(made);
        return error;
    }

    private static int directoryFlag() {
        return switch (System.getProperty("os.arch", "")) {
            case "aarch64", "arm", "ppc64le" -> O_DIRECTORY_ARM;
            default -> O_DIRECTORY;
        };
    }

    private Pointer text(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        Pointer text = Memory.allocateDirect(runtime, bytes.length + 1, true);
        text.put(0, bytes, 0, bytes.length);
        return text;
    }

    private Address loopback(int port) {
        Pointer bytes = Memory.allocateDirect(runtime, LOOPBACK_BYTES, true);
        bytes.putShort(0, (short) AF_INET);
        bytes.put(2, new byte[] {(byte) (port >> 8), (byte) port, 127, 0, 0, 1}, 0, 6);
        return new Address(bytes, LOOPBACK_BYTES);
    }

    private Address unix(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= UNIX_PATH) {
            throw new IllegalArgumentException("the path of a socket has at most 107 bytes");
        }
        Pointer bytes = Memory.allocateDirect(runtime, 2 + UNIX_PATH, true);
        bytes.putShort(0, (short) AF_UNIX);
        bytes.put(2, name, 0, name.length);
        // An abstract name has no end but its length.
        return new Address(bytes, 2 + name.length + (path.startsWith("\0") ? 0 : 1));
    }
}
