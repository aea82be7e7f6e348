package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of which app opens which type, {@code mimeinfo.cache}. GLib leaves an app that our override
 * hides out of the system's index, so without one beside the override the app could not open files any
 * more. The index is made by {@code update-desktop-database}; where that is missing, or fails, nothing
 * is changed.
 */
final class TypeIndex {
    private static final Logger LOG = LoggerFactory.getLogger(TypeIndex.class);
    private static final int MAX_SECONDS = 10;

    private final Path folder;
    private final Path index;
    private final Path before;
    private final Path fresh;
    private final Optional<Path> tool;
    private final Footprint footprint;

    TypeIndex(BaseDirectories directories, Programs programs) {
        this.folder = directories.dataHome().resolve("applications");
        this.index = folder.resolve("mimeinfo.cache");
        Path kept = directories.dataHome().resolve("landgrant/originals");
        this.before = kept.resolve("mimeinfo.cache.before");
        this.fresh = kept.resolve("mimeinfo.cache.fresh");
        this.tool = programs.find("update-desktop-database");
        this.footprint = new Footprint(directories.dataHome());
    }

    /** Keeps the user's index before our first override comes, and what a fresh one would have been. */
    void keepBeforeFirst() {
        if (tool.isEmpty() || Files.exists(fresh)) {
            return;
        }
        try {
            footprint.makeFolders(folder);
            footprint.makeFolders(folder.resolveSibling("landgrant/originals"));
            if (Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(index, before, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
            run();
            if (Files.exists(index)) {
                Files.copy(index, fresh);
            }
        } catch (IOException failure) {
            LOG.warn("The index of types could not be kept: {}", index, failure);
        }
    }

    /** Makes the index anew. */
    void update() {
        if (tool.isPresent() && Files.isDirectory(folder)) {
            run();
        }
    }

    /**
     * After our last override went: the user's index as it was, unless other entries have come or gone
     * since, for then the new index is the right one.
     */
    void restoreAfterLast() {
        if (!Files.exists(fresh)) {
            return;
        }
        try {
            run();
            boolean same = Files.exists(index) && Arrays.equals(EntryFiles.read(index), EntryFiles.read(fresh));
            if (same && Files.exists(before)) {
                Files.move(before, index, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else if (same) {
                Files.delete(index);
            }
            Files.deleteIfExists(before);
            Files.delete(fresh);
            footprint.removeEmptied();
        } catch (IOException failure) {
            LOG.warn("The index of types could not be restored: {}", index, failure);
        }
    }

    private void run() {
        if (tool.isEmpty()) {
            return;
        }
        try {
            Process process = new ProcessBuilder(tool.get().toString(), folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("The index of types took too long: {}", index);
            }
        } catch (IOException failure) {
            LOG.warn("The index of types could not be made: {}", index, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
