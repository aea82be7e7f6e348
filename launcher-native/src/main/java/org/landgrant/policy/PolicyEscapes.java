package org.landgrant.policy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The <i>text</i> and <i>path</i> of PROTOCOL.md, section 1. */
final class PolicyEscapes {
    /** Bytes of a path. */
    static final int LONGEST_PATH = 4_095;

    private static final String HEX = "0123456789abcdef";

    private PolicyEscapes() {}

    /** Bytes in UTF-8. */
    static int bytes(String text) {
        return encode(text).remaining();
    }

    static void requireText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a text is not empty");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text holds no NUL");
        }
        encode(text);
    }

    static void requirePath(String path) {
        requireText(path);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path is absolute");
        }
        if (bytes(path) > LONGEST_PATH) {
            throw new IllegalArgumentException("a path has at most 4,095 bytes");
        }
        if (!path.equals("/")) {
            for (String part : path.substring(1).split("/", -1)) {
                if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                    throw new IllegalArgumentException("a path has no empty, \".\" or \"..\" parts");
                }
            }
        }
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                case '\r' -> escaped.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        escaped.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** @throws IllegalArgumentException when an escape is bad or what it spells is not UTF-8 */
    static String unescape(String escaped) {
        byte[] bytes = new byte[bytes(escaped)];
        encode(escaped).get(bytes);
        ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int b = bytes[i++] & 0xff;
            if (b < 0x20 || b == 0x7f) {
                throw new IllegalArgumentException("control characters are escaped");
            }
            if (b != '\\') {
                text.write(b);
                continue;
            }
            switch (i < bytes.length ? bytes[i++] : 0) {
                case '\\' -> text.write('\\');
                case 'n' -> text.write('\n');
                case 't' -> text.write('\t');
                case 'r' -> text.write('\r');
                case 'x' -> {
                    int high = i < bytes.length ? HEX.indexOf(bytes[i]) : -1;
                    int low = i + 1 < bytes.length ? HEX.indexOf(bytes[i + 1]) : -1;
                    if (high < 0 || low < 0 || high + low == 0) {
                        throw new IllegalArgumentException("\\x is followed by two lower-case hex digits, not 00");
                    }
                    text.write(high << 4 | low);
                    i += 2;
                }
                default -> throw new IllegalArgumentException("an escape is one of \\\\ \\n \\t \\r \\xHH");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.toByteArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("a text is UTF-8", malformed);
        }
    }

    private static ByteBuffer encode(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("a text is UTF-8", malformed);
        }
    }
}
