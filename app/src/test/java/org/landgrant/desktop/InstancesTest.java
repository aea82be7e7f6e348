package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that hold real locks: copies of {@code sleep} under the names of programs. */
class InstancesTest {
    @TempDir
    Path root;

    private TestDesktop desktop;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void aDesktop() throws IOException {
        desktop = new TestDesktop(root);
    }

    @AfterEach
    void nothingStays() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Instances instances() {
        return new Instances(desktop.directories, desktop.environment, root.resolve("tmp"));
    }

    private Path program(String relative) throws IOException {
        Path file = root.resolve(relative);
        Files.createDirectories(file.getParent());
        return Files.exists(file) ? file : Files.copy(Path.of("/bin/sleep"), file);
    }

    private long start(String relative, String... variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program(relative).toString(), "600");
        for (int i = 0; i < variables.length; i += 2) {
            builder.environment().put(variables[i], variables[i + 1]);
        }
        builder.environment().put("HOME", desktop.home.toString());
        Process process = builder.start();
        processes.add(process);
        return process.pid();
    }

    private void install(String id, String exec) throws IOException {
        desktop.system(id, TestDesktop.entry(exec));
    }

    private List<Long> takingOver(String id) {
        return instances().takingOver(desktop.app(id)).stream()
                .map(Instance::pid)
                .toList();
    }

    private List<Long> all(String id) {
        return instances().of(desktop.app(id)).stream().map(Instance::pid).toList();
    }

    @Test
    void whoHoldsAFirefoxProfileTakesOver() throws IOException {
        install("firefox-esr.desktop", "firefox-esr %u");
        desktop.program("firefox-esr", "exec " + root.resolve("lib/firefox-esr") + " 600");
        long pid = start("lib/firefox-esr");
        Path profile = Files.createDirectories(desktop.home.resolve(".mozilla/firefox/abc.default"));
        assertEquals(List.of(), takingOver("firefox-esr.desktop"));
        Files.createSymbolicLink(profile.resolve("lock"), Path.of("127.0.1.1:+" + pid));
        assertEquals(List.of(pid), takingOver("firefox-esr.desktop"));
        install("chromium.desktop", "chromium");
        desktop.program("chromium", "exit 0");
        assertEquals(List.of(), takingOver("chromium.desktop"));
    }

    @Test
    void aLockThatWasLeftBehindHoldsNothing() throws IOException {
        install("firefox.desktop", "firefox %u");
        desktop.program("firefox", "exit 0");
        Path profile = Files.createDirectories(desktop.home.resolve(".mozilla/firefox/abc.default"));
        long other = start("lib/other");
        for (String left :
                List.of("127.0.1.1:+4194304", "127.0.1.1:+" + other, "nonsense", "x:+99999999999999999999")) {
            Files.deleteIfExists(profile.resolve("lock"));
            Files.createSymbolicLink(profile.resolve("lock"), Path.of(left));
            assertEquals(List.of(), takingOver("firefox.desktop"), left);
        }
    }

    @Test
    void whoHoldsAChromiumOrElectronProfileTakesOver() throws IOException {
        install("chromium.desktop", "chromium %U");
        desktop.program("chromium", "exit 0");
        long pid = start("lib/chromium/chromium");
        Path profile = Files.createDirectories(desktop.home.resolve(".config/chromium"));
        String host = InetAddress.getLocalHost().getHostName();
        Files.createSymbolicLink(profile.resolve("SingletonLock"), Path.of(host + "-" + pid));
        assertEquals(List.of(pid), takingOver("chromium.desktop"));

        Path script = program("opt/Chat/bin/chat");
        Files.createFile(root.resolve("opt/Chat/icudtl.dat"));
        install("chat.desktop", script + " %U");
        long chat = start("opt/Chat/electron");
        Path data = Files.createDirectories(desktop.home.resolve(".config/My Chat"));
        Files.createSymbolicLink(data.resolve("SingletonLock"), Path.of("a-host-" + chat));
        assertEquals(List.of(chat), takingOver("chat.desktop"));
        assertEquals(List.of(pid), takingOver("chromium.desktop"));
    }

    @Test
    void whoListensOnTheSocketOfTheOfficeTakesOver() throws IOException {
        install("libreoffice-writer.desktop", "libreoffice --writer %U");
        Path itself = Path.of(ProcessHandle.current().info().command().orElseThrow());
        Files.createSymbolicLink(root.resolve("bin/libreoffice"), itself);
        Files.createDirectories(root.resolve("tmp"));
        Path socket = root.resolve("tmp/OSL_PIPE_0_SingleOfficeIPC_x");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertEquals(List.of(ProcessHandle.current().pid()), takingOver("libreoffice-writer.desktop"));
        }
        assertTrue(Files.exists(socket));
        assertEquals(List.of(), takingOver("libreoffice-writer.desktop"), "nobody listens any more");
    }

    @Test
    void aSocketOfAnotherProgramNamesNobody() throws IOException {
        install("libreoffice-writer.desktop", "libreoffice --writer %U");
        desktop.program("libreoffice", "exit 0");
        Files.createDirectories(root.resolve("tmp"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(root.resolve("tmp/OSL_PIPE_0_SingleOfficeIPC_x")));
            assertEquals(List.of(), takingOver("libreoffice-writer.desktop"), "it would be closed");
        }
    }

    @Test
    void whoOwnsTheNameOnTheBusTakesOver() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dbus-daemon")), "dbus-daemon is not installed");
        install("org.example.Editor.desktop", "app");
        try (NotificationBus bus = new NotificationBus(Files.createDirectory(root.resolve("bus")))) {
            desktop.environment.put("DBUS_SESSION_BUS_ADDRESS", bus.address());
            assertEquals(List.of(), takingOver("org.example.Editor.desktop"));
            try (DBusConnection owner = DBusConnectionBuilder.forAddress(bus.address())
                    .withShared(false)
                    .build()) {
                owner.requestBusName("org.example.Editor");
                assertEquals(List.of(ProcessHandle.current().pid()), takingOver("org.example.Editor.desktop"));
            }
        }
        assertEquals(List.of(), takingOver("org.example.Editor.desktop"), "the bus is gone");
    }

    @Test
    void whoeverRunsTheProgramIsFound() throws IOException {
        Path viewer = program("opt/viewer");
        install("viewer.desktop", viewer + " %F");
        install("script.desktop", "tool");
        Path script = desktop.program("tool", "exec sleep 600 < /dev/null");
        Files.writeString(script, "#!/usr/bin/python3\nimport time\ntime.sleep(600)\n");
        long one = start("opt/viewer");
        start("opt/other");
        ProcessBuilder interpreter = new ProcessBuilder("/usr/bin/python3", script.toString());
        interpreter.environment().put("HOME", desktop.home.toString());
        Process python = interpreter.start();
        processes.add(python);
        ProcessBuilder others = new ProcessBuilder(viewer.toString(), "600");
        others.environment().put("HOME", "/home/somebody else");
        processes.add(others.start());
        long entry = start("opt/stranger", "GIO_LAUNCHED_DESKTOP_FILE", "/usr/share/applications/viewer.desktop");
        assertEquals(List.of(one), all("viewer.desktop"), "a child of what was started by the entry is " + entry);
        assertEquals(List.of(python.pid()), all("script.desktop"));
        assertEquals(List.of(), takingOver("viewer.desktop"));
    }

    @Test
    void whoOnlyEditsOrShowsTheProgramIsNotTheApp() throws IOException {
        install("script.desktop", "tool");
        Path script = desktop.program("tool", "exit 0");
        Files.writeString(script, "#!/usr/bin/env -S python3 -u\nimport time\ntime.sleep(600)\n");
        for (List<String> words : List.of(
                List.of("/usr/bin/tail", "-f", script.toString()),
                List.of("/usr/bin/tail", script.toString(), "-f"),
                List.of("/usr/bin/python3", "-c", "import time; time.sleep(600)", script.toString()))) {
            running(words);
            assertEquals(List.of(), all("script.desktop"), () -> words + " only looks at it");
        }
        List<String> python = List.of("/usr/bin/python3", "-u", script.toString());
        running(python);
        assertEquals(List.of(processes.getLast().pid()), all("script.desktop"));
    }

    private void running(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", desktop.home.toString());
        processes.add(builder.start());
    }
}
