package org.landgrant.grants;

/** One way of reaching a resource. */
public enum Access {
    /** Read files; list folders. */
    READ,
    /** Change, create, rename and remove files and folders. */
    WRITE,
    /** Run files as programs. The kernel cannot stop a reader from loading code by other means. */
    EXECUTE,
    /** Connect to a TCP port; send by UDP. */
    CONNECT,
    /** Listen on a TCP port; have a name on the session bus. */
    LISTEN,
    /** Use a device or a service of the desktop; talk to a name on the session bus. */
    USE
}
