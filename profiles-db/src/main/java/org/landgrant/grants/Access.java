package org.landgrant.grants;

/** One way of reaching a resource. */
public enum Access {
    /** Read files; list folders. */
    READ,
    /** Change, create, rename and remove files and folders. */
    WRITE,
    /** Run files as programs. The kernel cannot stop a reader from loading code by other means. */
    EXECUTE,
    /** Connect to a TCP port. */
    CONNECT,
    /** Listen on a TCP port. */
    LISTEN,
    /** Use a device or a service of the desktop. */
    USE
}
