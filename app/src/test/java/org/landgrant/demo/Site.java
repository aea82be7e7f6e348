package org.landgrant.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small web site on this computer: a page that loads, runs a script and downloads a file; a page to save;
 * and one that is nothing but a button to choose a file, which is then sent.
 */
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

    /** Long enough to need many writes, and no two parts alike. */
    static final byte[] MAP = IntStream.range(0, 20_000)
            .mapToObj("field %d belongs to the village%n"::formatted)
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);

    private static final String SEND = """
            <!doctype html><title>Send</title>
            <body style="margin: 0"><label style="position: fixed; inset: 0; padding: 3em; font: 20px sans-serif">
            Click anywhere to choose a file, which is sent to the local web server.
            <input id="file" type="file" style="display: none"></label><p id="said" style="padding: 6em 3em"></p>
            <script>
            document.getElementById('file').onchange = async event => {
              const form = new FormData();
              form.append('file', event.target.files[0]);
              let said;
              try { said = await (await fetch('received', {method: 'POST', body: form})).text(); }
              catch (failed) { said = 'It could not be sent.'; }
              document.getElementById('said').textContent = said;
            };
            </script>
            """;

    private final HttpServer server;
    private final AtomicReference<byte[]> received = new AtomicReference<>(new byte[0]);
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

    /** Whether the last form that was sent held exactly this file. */
    boolean received(byte[] file) {
        String form = new String(received.get(), StandardCharsets.ISO_8859_1);
        int head = form.indexOf("\r\n\r\n");
        int tail = form.lastIndexOf("\r\n--");
        return head >= 0
                && tail > head
                && Arrays.equals(form.substring(head + 4, tail).getBytes(StandardCharsets.ISO_8859_1), file);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        seen.add(path);
        byte[] body = switch (path) {
            case "/" -> PAGE.getBytes(StandardCharsets.UTF_8);
            case "/send" -> SEND.getBytes(StandardCharsets.UTF_8);
            case "/parcel.txt" -> PARCEL;
            case "/map.txt" -> MAP;
            case "/received" -> receive(exchange);
            default -> new byte[0];
        };
        boolean page = path.equals("/") || path.equals("/send");
        exchange.getResponseHeaders().set("Content-Type", (page ? "text/html" : "text/plain") + "; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] receive(HttpExchange exchange) throws IOException {
        received.set(exchange.getRequestBody().readAllBytes());
        return "The local web server has it.".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
