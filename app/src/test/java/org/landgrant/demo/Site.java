package org.landgrant.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A small web site on this computer whose page loads, runs a script and downloads a file. */
final class Site implements AutoCloseable {
    static final byte[] PARCEL =
            "a parcel from the local web server\n".repeat(200).getBytes(StandardCharsets.UTF_8);

    private static final String PAGE = """
            <!doctype html><title>Hello</title>
            <body style="font: 20px sans-serif; margin: 3em">
            <h1>Hello from the local web server</h1>
            <p>This page loaded, and <a id="parcel" href="parcel.txt" download>a file</a> lands in Downloads.</p>
            <script>fetch('scripts-run').then(() => document.getElementById('parcel').click())</script>
            """;

    private final HttpServer server;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Whether a browser asked for that path since the last {@link #forget()}. */
    boolean wasAskedFor(String path) {
        return seen.contains(path);
    }

    void forget() {
        seen.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        seen.add(path);
        byte[] body = path.equals("/parcel.txt")
                ? PARCEL
                : path.equals("/") ? PAGE.getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.getResponseHeaders().set("Content-Type", path.equals("/") ? "text/html; charset=utf-8" : "text/plain");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
