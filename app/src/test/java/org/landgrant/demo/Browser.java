package org.landgrant.demo;

import java.util.List;

/**
 * One of the two browsers.
 *
 * @param word what its pictures are called by
 * @param id of its desktop file
 * @param name what people call it
 * @param windowClass a pattern
 * @param program the end of the path of its program
 */
record Browser(String word, String id, String name, String windowClass, String program) {
    static final Browser FIREFOX =
            new Browser("firefox", "firefox-esr.desktop", "Firefox ESR", "firefox", "firefox-esr/firefox-esr");
    static final Browser CHROMIUM =
            new Browser("chromium", "chromium.desktop", "Chromium", "[Cc]hromium", "chromium/chromium");

    List<Long> processes() {
        return Processes.of(program).stream().map(ProcessHandle::pid).toList();
    }
}
