package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real session bus in a folder of its own, with services that can be activated. */
final class TestBus implements AutoCloseable {
    final Path socket;
    private final Path services;
    private final Process daemon;

    TestBus(Path folder) throws IOException {
        Files.createDirectory(folder);
        socket = folder.resolve("real");
        services = Files.createDirectory(folder.resolve("services"));
        Path settings = Files.writeString(folder.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig><type>session</type><listen>unix:path=%s</listen><servicedir>%s</servicedir>
                <policy context="default"><allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
                """.formatted(socket, services));
        daemon = new ProcessBuilder("dbus-daemon", "--nofork", "--print-address", "--config-file=" + settings)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // The address comes when it listens.
        if (new BufferedReader(new InputStreamReader(daemon.getInputStream(), UTF_8)).readLine() == null) {
            throw new IOException("dbus-daemon did not start");
        }
    }

    String address() {
        return "unix:path=" + socket;
    }

    /** Starting this service makes the file, and fails. */
    void addService(String name, Path made) throws IOException {
        Files.writeString(
                services.resolve(name + ".service"),
                "[D-BUS Service]\nName=" + name + "\nExec=/bin/sh -c \"touch " + made + "; exit 1\"\n");
    }

    @Override
    public void close() {
        daemon.destroy();
        daemon.onExit().join();
    }
}
