package org.landgrant.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.landgrant.kernel.TrialStage;

/** Makes everything that trials reach for: files, ports, sockets, another program. All of it goes again. */
final class SelfTestGround implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TrialStage stage;

    /** @param bus path of the session bus's socket, or empty */
    SelfTestGround(String bus) throws IOException {
        folder = Files.createTempDirectory("landgrant-check-").toRealPath();
        try {
            stage = make(bus);
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private TrialStage make(String bus) throws IOException {
        Path granted = Files.createDirectory(folder.resolve("granted"));
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Files.createDirectory(scratch());
        Files.writeString(granted.resolve("file"), "granted\n");
        Files.writeString(kept.resolve("file"), "kept\n");
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        ServerSocket tcp = keep(new ServerSocket(0, BACKLOG, here));
        DatagramSocket udp = keep(new DatagramSocket(new InetSocketAddress(here, 0)));
        ServerSocketChannel socket = keep(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        socket.bind(UnixDomainSocketAddress.of(kept.resolve("socket")), BACKLOG);
        Process target = new ProcessBuilder("sleep", "60").start();
        open.add(target::destroyForcibly);
        return new TrialStage(
                folder,
                tcp.getLocalPort(),
                udp.getLocalPort(),
                target.pid(),
                folder.getFileName().toString(),
                bus);
    }

    TrialStage stage() {
        return stage;
    }

    /** Where the confined program may put what it needs. */
    Path scratch() {
        return folder.resolve("scratch");
    }

    /** Takes what the launcher says about itself. */
    Path said() {
        return folder.resolve("said");
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception closed) {
                // It ends with this process at the latest.
            }
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T made) {
        open.add(made);
        return made;
    }
}
