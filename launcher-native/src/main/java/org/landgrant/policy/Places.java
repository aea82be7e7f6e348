package org.landgrant.policy;

import java.util.Map;

/** Paths as text: expanding and comparing, never asking the disk. */
final class Places {
    private Places() {}

    /** The absolute path of a place that may begin with {@code ~} or {@code $XDG_…}. */
    static String expand(String place, Home home) {
        Map<String, String> starts = Map.of(
                "~", home.home(),
                "$XDG_CONFIG_HOME", home.configHome(),
                "$XDG_DATA_HOME", home.dataHome(),
                "$XDG_CACHE_HOME", home.cacheHome(),
                "$XDG_STATE_HOME", home.stateHome(),
                "$XDG_RUNTIME_DIR", home.runtimeDir());
        int slash = place.indexOf('/');
        String start = slash < 0 ? place : place.substring(0, slash);
        String base = starts.get(start);
        return base == null ? place : join(base, place.substring(start.length()));
    }

    /** @param rest empty or beginning with a slash */
    static String join(String base, String rest) {
        return base.equals("/") && !rest.isEmpty() ? rest : base + rest;
    }

    /** Whether {@code inner} is {@code outer} or lies in it. */
    static boolean covers(String outer, String inner) {
        return outer.equals("/") || inner.equals(outer) || inner.startsWith(outer + "/");
    }
}
