package org.landgrant.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.landgrant.grants.Device;

/**
 * Where devices lie. Paths that do not exist are skipped at launch.
 *
 * <p>Source: Documentation/admin-guide/devices.txt of the kernel; nvidia-modprobe(1).
 */
final class DevicePaths {
    private static final int GRAPHICS_CARDS = 16;
    private static final int CAMERAS = 10;

    private DevicePaths() {}

    static List<String> of(Device device) {
        return switch (device) {
            case GPU ->
                Stream.concat(
                                Stream.of(
                                        "/dev/dri",
                                        "/dev/kfd",
                                        "/dev/udmabuf",
                                        "/dev/nvidiactl",
                                        "/dev/nvidia-modeset",
                                        "/dev/nvidia-uvm",
                                        "/dev/nvidia-uvm-tools",
                                        "/dev/nvidia-caps"),
                                IntStream.range(0, GRAPHICS_CARDS).mapToObj(card -> "/dev/nvidia" + card))
                        .toList();
            case SOUND -> List.of("/dev/snd");
            case CAMERA ->
                IntStream.range(0, CAMERAS)
                        .mapToObj(camera -> "/dev/video" + camera)
                        .toList();
            case TERMINAL -> List.of("/dev/ptmx", "/dev/pts");
            case SHARED_MEMORY -> List.of("/dev/shm");
        };
    }

    /** What using a device needs; memory is no device that takes commands. */
    static Set<Right> rights(Device device) {
        return device == Device.SHARED_MEMORY
                ? EnumSet.of(Right.READ, Right.WRITE)
                : EnumSet.of(Right.READ, Right.WRITE, Right.DEVICE);
    }
}
